package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelinesCheckTest {

  private static final String SYSTEM = "7300000000000000009";

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture db1 = new PostgresFixture();
  private final PostgresFixture db2 = new PostgresFixture();

  TimelinesCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(db1);
    fleet.host("db2", "10.0.0.22").postgres(db2);
  }

  /// Each is a primary, or a standby with so many receivers.
  @ParameterizedTest
  @CsvSource({
    "primary, 5, 1, 5, pass, pass",
    "primary, 6, 0, 5, pass, fail high",
    "primary, 6, 0, 6, pass, pass",
    "primary, 6, 1, 5, pass, pass",
    "primary, 5, 1, 6, fail high, pass",
    "primary, 5, primary, 5, fail medium, fail medium",
    "primary, 5, primary, 6, fail medium, fail medium",
    "1, 5, 1, 5, pass, pass"
  })
  void ofTwoCopies(
      String one, int first, String other, int second, String verdict, String another) {
    is(db1, one, SYSTEM, first);
    is(db2, other, SYSTEM, second);

    assertThat(verdicts()).containsExactly(verdict + " db1", another + " db2");
  }

  /// What clients write to one of them is lost to the other.
  @Test
  void twoPrimariesThatServeAreWorse() {
    is(db1, "primary", SYSTEM, 5);
    is(db2, "primary", SYSTEM, 6);
    db1.sessions("10.0.0.31", "app", "app", 3);
    assertThat(verdicts()).containsExactly("fail medium db1", "fail medium db2");

    db2.sessions("10.0.0.32", "app", "app", 3);
    assertThat(verdicts()).containsExactly("fail high db1", "fail high db2");
  }

  /// Clones of a template share its identifier, and neither of them was promoted.
  @Test
  void onOneTimelineTheyMayBeClones() {
    is(db1, "primary", SYSTEM, 5);
    is(db2, "primary", SYSTEM, 5);
    db1.sessions("10.0.0.31", "app", "app", 3);
    db2.sessions("10.0.0.32", "app", "app", 3);

    assertThat(verdicts()).containsExactly("fail medium db1", "fail medium db2");
    Finding first = fleet.judge(new TimelinesCheck()).getFirst();
    assertThat(first.verdict().because())
        .contains(
            "it is a primary on timeline 5, and others share its identifier: db2 (timeline 5), and clients hold sessions to both: a copy, or one machine under two names? limit one");
    assertThat(first.remedy().orElseThrow().summary())
        .startsWith("Make sure first that they are two machines");
  }

  /// By the address where one is reached, or by all that they have.
  @ParameterizedTest
  @CsvSource({
    "10.0.0.21, , notApplicable",
    "10.9.0.21, 10.9.0.21, notApplicable",
    "10.0.0.29, , fail medium"
  })
  void aMachineIsNoCopyOfItself(String address, String alsoAt, String verdict) {
    FleetFixture named = new FleetFixture();
    named.host("db1", "10.0.0.21").postgres(db1);
    if (alsoAt != null) {
      named.host("db1").alsoAt(alsoAt);
    }
    named.host("db1-int", address).postgres(db1);
    is(db1, "primary", SYSTEM, 5);

    assertThat(Verdicts.of(named.judge(new TimelinesCheck())))
        .containsExactly(verdict + " db1", verdict + " db1-int");
  }

  /// Containers' bridges have the same address on every host.
  @Test
  void anAddressThatManyShareMakesThemNotOne() {
    is(db1, "primary", SYSTEM, 5);
    is(db2, "primary", SYSTEM, 6);
    fleet.host("db1").alsoAt("172.17.0.1");
    fleet.host("db2").alsoAt("172.17.0.1");

    assertThat(verdicts()).containsExactly("fail medium db1", "fail medium db2");
  }

  @Test
  void otherDatabasesAreNoCopies() {
    is(db1, "primary", SYSTEM, 5);
    is(db2, "primary", "7300000000000000010", 9);

    assertThat(verdicts()).containsExactly("notApplicable db1", "notApplicable db2");
  }

  @ParameterizedTest
  @CsvSource({"latest, pass", "current, fail medium", "5, fail medium"})
  void aStandbyFollowsWhoeverIsPromoted(String target, String verdict) {
    is(db1, "primary", SYSTEM, 5);
    is(db2, "1", SYSTEM, 5);
    db2.set("recovery_target_timeline", target);

    assertThat(verdicts()).containsExactly("pass db1", verdict + " db2");
  }

  @Test
  void whatIsNotToldIsUnknown() {
    is(db1, "primary", SYSTEM, 5);
    db2.health().hides("timeline");

    assertThat(verdicts()).containsExactly("notApplicable db1", "unknown db2");
  }

  private static void is(PostgresFixture server, String what, String system, int timeline) {
    server.health().only("timeline", system, timeline);
    if (!what.equals("primary")) {
      server.health().standby(Integer.parseInt(what), "3");
    }
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new TimelinesCheck()));
  }
}

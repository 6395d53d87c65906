package dev.earshot.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.check.StandbyDistance;
import dev.earshot.check.Thresholds;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitWaitConditionTest {

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server =
      new PostgresFixture().set("synchronous_standby_names", "*");

  CommitWaitConditionTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
    fleet.host("s1", "10.0.0.22");
    fleet.host("s2", "10.0.0.23");
    fleet.host("app", "10.0.0.31");
    fleet.host("near", "10.0.0.41");
    fleet.host("far", "10.0.0.42");
    fleet.host("new", "10.0.0.43");
    for (String host : List.of("s1", "s2", "near", "app")) {
      fleet.pings("db1", host, 0.4).pings("far", host, 25);
    }
    fleet.pings("db1", "far", 25).pings("near", "s1", 0.4);
    for (String host : List.of("s1", "s2", "app")) {
      fleet.connection(host, "db1", 5432).rtt(0.4).roundTrips(100);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'*', sync, 22, s1, near, pass db1/port 5432",
    "'*', sync, 22, s1, far, fail high db1/port 5432",
    "'*', sync, 22, s1, new, unknown db1/port 5432",
    "'*', sync, 22, s1, db1, pass db1/port 5432",
    "'*', sync, 22, db1, near, pass near/port 5432",
    "'*', sync, 22, db1, far, fail high far/port 5432",
    "'*', sync, 22, db1, new, unknown new/port 5432",
    "'FIRST 2 (*)', sync, 22 23, s1, far, fail high db1/port 5432",
    "'ANY 1 (a, b)', quorum, 22 23, s1, far, pass db1/port 5432",
    "'ANY 1 (a, b)', quorum, 22 23, s1, new, pass db1/port 5432",
    "'ANY 2 (a, b)', quorum, 22 23, s1, far, fail high db1/port 5432",
    "'*', async, 22, s1, far, notApplicable far",
    "'*', sync, 22, s2, far, notApplicable far",
    "'*', sync, 22, app, far, notApplicable far",
    "'', async, 22, db1, far, notApplicable far"
  })
  void commitsWaitFromWhereTheMoveLeavesBoth(
      String names, String state, String standbys, String from, String to, String verdict) {
    server.set("synchronous_standby_names", names);
    for (String last : standbys.split(" ", -1)) {
      server.standby("10.0.0." + last, state);
    }

    assertThat(Verdicts.of(findings(from, to, Thresholds.USUAL))).containsExactly(verdict);
  }

  @Test
  void itSaysWhatACommitWaitsAndWhatItWaitedBefore() {
    server.standby("10.0.0.22", "sync");

    Finding finding = findings("s1", "far", Thresholds.USUAL).getFirst();

    assertThat(finding.verdict().because())
        .isEqualTo(
            "the database of db1 (port 5432): every commit would wait 25.0 ms instead of 0.40 ms for a synchronous standby; limit 2.0 ms");
    assertThat(finding.remedy().orElseThrow().summary())
        .startsWith("Name a standby within 2 ms of db1 in synchronous_standby_names");
  }

  @Test
  void theLimitIsTheChecks() {
    server.standby("10.0.0.22", "sync");
    Thresholds set =
        new Thresholds(Map.of(StandbyDistance.ACCEPTABLE, Duration.ofMillis(30)), Map.of());

    assertThat(findings("s1", "far", set))
        .singleElement()
        .satisfies(finding -> assertThat(finding.verdict().label()).isEqualTo("pass"));
  }

  @ParameterizedTest
  @CsvSource({"off", "local"})
  void commitsThatDoNotWaitHaveNoDistance(String value) {
    server.set("synchronous_commit", value).standby("10.0.0.22", "sync");

    assertThat(Verdicts.of(findings("s1", "far", Thresholds.USUAL)))
        .containsExactly("notApplicable far");
  }

  @Test
  void standbysThatAreNotShownMayBeWaitedFor() {
    fleet.host("db1").doesNotTell(PostgresActivity.PROBE, "denied");
    fleet.host("s1").postgres(new PostgresFixture().set("in_hot_standby", "on"));

    assertThat(Verdicts.of(findings("s1", "far", Thresholds.USUAL)))
        .containsExactly("unknown db1/port 5432");
    assertThat(Verdicts.of(findings("db1", "far", Thresholds.USUAL)))
        .containsExactly("unknown far/port 5432");
    assertThat(Verdicts.of(findings("app", "far", Thresholds.USUAL)))
        .containsExactly("notApplicable far");
  }

  /// A standby that has moved already is where it is.
  @Test
  void afterTheMoveTheWaitIsMeasured() {
    server.standby("10.0.0.42", "sync");
    fleet.connection("far", "db1", 5432).rtt(25);

    Plan plan = Plan.accept(fleet.fleet(), move("s1", "far"), Optional.empty());

    assertThat(PlanTest.because(plan, "plan.commit-wait/db1/port 5432"))
        .isEqualTo(
            "the database of db1 (port 5432): every commit waits 25.0 ms for a synchronous standby; limit 2.0 ms");
    assertThat(plan.outcome()).isEqualTo(Outcome.NO_GO);
  }

  private List<Finding> findings(String from, String to, Thresholds set) {
    return Plan.of(fleet.fleet(set), move(from, to)).findings().stream()
        .filter(finding -> finding.check().id().equals("plan.commit-wait"))
        .toList();
  }

  private static Move move(String from, String to) {
    return new Move(new HostName(from), new HostName(to));
  }
}

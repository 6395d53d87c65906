package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncStandbyPresentCheckTest {

  private static final Check CHECK = new SyncStandbyPresentCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  SyncStandbyPresentCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', notApplicable",
    "'*', '', fail critical",
    "'*', async, fail critical",
    "'a, b', sync potential, pass",
    "'FIRST 2 (a, b)', sync, fail critical",
    "'2 (a, b)', sync, fail critical",
    "'2 (a, b)', sync sync, pass",
    "'ANY 1 (a, b)', quorum quorum, pass",
    "'any 2 (a, b)', quorum, fail critical"
  })
  void byHowManyAreAskedFor(String names, String states, String verdict) {
    server.set("synchronous_standby_names", names);
    for (String state : states.isEmpty() ? new String[0] : states.split(" ", -1)) {
      server.standby("10.0.0.22", state);
    }

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({"off, notApplicable", "local, notApplicable", "on, fail critical"})
  void commitsThatDoNotWaitDoNotHang(String value, String verdict) {
    server.set("synchronous_standby_names", "a").set("synchronous_commit", value);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void aStandbyCommitsNothing() {
    server.set("synchronous_standby_names", "a");
    server.health().standby(1, "1");

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void standbysThatWeMayNotSeeAreNotMissing() {
    server.set("synchronous_standby_names", "a").standby("", "");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void withoutTheSettingItIsUnknown() {
    server.without("synchronous_standby_names");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

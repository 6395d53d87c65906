package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.PostgresActivity;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteSyncStandbyCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server =
      new PostgresFixture().set("synchronous_standby_names", "FIRST 1 (a)");

  RemoteSyncStandbyCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
    fleet.host("near", "10.0.0.22");
    fleet.host("far", "10.0.0.23");
    fleet.host("unmeasured", "10.0.0.24");
    fleet.pings("db1", "near", 0.4).pings("db1", "far", 30);
  }

  @Test
  void withoutASynchronousStandbyItIsNotApplicable() {
    server.set("synchronous_standby_names", "");

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void withoutTheSettingItIsUnknown() {
    server.without("synchronous_standby_names");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @ParameterizedTest
  @CsvSource({
    "'*', sync, 22, pass",
    "'*', sync, 23, fail high",
    "'*', sync, 24, unknown",
    "'FIRST 2 (*)', sync, 22 23, fail high",
    "'FIRST 2 (*)', sync, 22 24, unknown",
    "'FIRST 2 (*)', sync, 23 24, fail high",
    "'ANY 1 (a, b)', quorum, 22 23, pass",
    "'ANY 1 (a, b)', quorum, 22 24, pass",
    "'ANY 1 (a, b)', quorum, 23 24, unknown",
    "'ANY 2 (a, b)', quorum, 22 23, fail high",
    "'any 9999 (a)', quorum, 22, pass",
    "'*', async, 22, notApplicable"
  })
  void commitsWaitForTheSlowestThatHasToAnswer(
      String names, String state, String standbys, String verdict) {
    server.set("synchronous_standby_names", names);
    for (String last : standbys.split(" ", -1)) {
      server.standby("10.0.0." + last, state);
    }

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void aMissingStandbyHasNoDistance() {
    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void standbysThatWeMayNotSeeAreNotMissing() {
    server.standby("", "");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void aStandbyCommitsNothing() {
    server.set("in_hot_standby", "on");

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @ParameterizedTest
  @CsvSource({"off", "local"})
  void commitsThatDoNotWaitAreNotJudged(String value) {
    server.set("synchronous_commit", value).standby("10.0.0.23", "sync");

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void unreadStandbysAreUnknown() {
    fleet.host("db1").doesNotTell(PostgresActivity.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new RemoteSyncStandbyCheck()));
  }
}

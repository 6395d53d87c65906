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

class CheckpointsCheckTest {

  private static final Check CHECK = new CheckpointsCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  CheckpointsCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "300, 100, 10, pass",
    "300, 100, 100, pass",
    "300, 100, 101, fail medium",
    "300, 3, 10, pass", // too few to tell
    "300, 0, 0, pass",
    "3600, 100, 10, pass",
    "86400, 100, 10, fail medium"
  })
  void byWhatBeginsThem(String timeout, int timed, int requested, String verdict) {
    server.set("checkpoint_timeout", timeout);
    server.health().only("checkpoints", timed, requested, 864_000);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({"0.9, 10, pass", "0.5, 10, fail low", "0.5, 900, fail medium"})
  void byHowFastTheyWrite(String target, int requested, String verdict) {
    server.set("checkpoint_completion_target", target);
    server.health().only("checkpoints", 100, requested, 864_000);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void aStandbyBeginsNone() {
    server.health().standby(1, "1").only("checkpoints", 0, 400, 864_000);

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hides("checkpoints");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

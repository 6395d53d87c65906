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

class StandbyLagCheckTest {

  private static final Check CHECK = new StandbyLagCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  StandbyLagCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "streaming, '', 0, pass", // nothing flows
    "streaming, 0.006, 16000, pass",
    "streaming, 5.1, 16000, fail medium",
    "catchup, 0.1, 16000, fail medium",
    "streaming, 61, 16000, fail high",
    "streaming, 0.1, 2000000000, fail high",
    "streaming, '', '', pass", // pg_receivewal repeats nothing
    "'', '', '', unknown",
    "backup, '', '', notApplicable"
  })
  void byThePrimarysWord(String state, String replay, String bytes, String verdict) {
    server.health().row("standbys", "db2", "10.0.0.22", state, 0.001, 0.002, replay, bytes);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({"1, 5, pass", "0, 5, fail high", "0, '', fail high"})
  void aStandbyReceives(int receivers, String replayed, String verdict) {
    server.health().standby(receivers, replayed);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void withoutAStandbyThereIsNothingToJudge() {
    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hides("standbys");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

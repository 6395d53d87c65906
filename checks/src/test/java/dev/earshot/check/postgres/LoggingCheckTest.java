package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggingCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  LoggingCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "on, on, on, 600000, pass",
    "on, on, on, 0, pass",
    "'receipt,authentication', on, on, 600000, pass",
    "off, on, on, 600000, fail low",
    "'', on, on, 600000, fail low",
    "on, off, on, 600000, fail low",
    "on, on, off, 600000, fail low",
    "on, on, on, -1, fail low"
  })
  void allOfThemAreOn(
      String connections, String locks, String checkpoints, String autovacuum, String verdict) {
    server
        .set("log_connections", connections)
        .set("log_lock_waits", locks)
        .set("log_checkpoints", checkpoints)
        .set("log_autovacuum_min_duration", autovacuum);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void saysWhatTheLogLacks() {
    server.set("log_connections", "").set("log_lock_waits", "off").set("log_checkpoints", "on");

    assertThat(fleet.judge(new LoggingCheck()).getFirst().verdict().because())
        .isEqualTo(
            "db1: its log does not tell who logged in (log_connections is empty), who waited for a lock (log_lock_waits is off); limit all of it");
  }

  @Test
  void whatWeMayNotReadIsUnknown() {
    server.set("log_connections", "on").set("log_lock_waits", "on");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new LoggingCheck()));
  }
}

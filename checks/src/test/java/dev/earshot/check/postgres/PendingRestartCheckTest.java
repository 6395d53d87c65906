package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingRestartCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  PendingRestartCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @Test
  void nothingWaits() {
    assertThat(verdicts()).containsExactly("pass db1");
  }

  @Test
  void namesWhatWaitsWithTheValueInForce() {
    server.pendingRestart("shared_buffers", "16384").pendingRestart("max_connections", "100");

    assertThat(verdicts()).containsExactly("fail medium db1");
    assertThat(because())
        .isEqualTo(
            "db1: 2 waiting for a restart: max_connections (still 100; /etc/postgresql/postgresql.conf line 12), shared_buffers (still 128.0 MiB; /etc/postgresql/postgresql.conf line 12)");
  }

  @Test
  void aLongListIsCut() {
    for (int at = 0; at < 12; at++) {
      server.pendingRestart("setting_%02d".formatted(at), "x");
    }

    assertThat(because()).startsWith("db1: 12 waiting").contains("setting_09").endsWith(", …");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new PendingRestartCheck()));
  }

  private String because() {
    return fleet.judge(new PendingRestartCheck()).getFirst().verdict().because();
  }
}

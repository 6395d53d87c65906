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

class WalSyncCheckTest {

  private static final Check CHECK = new WalSyncCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  WalSyncCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "fdatasync, configuration file, 0, 5, pass",
    "open_datasync, configuration file, 0, 5, fail medium",
    "fsync, configuration file, 0, 5, fail medium",
    "open_datasync, default, 0, 5, pass", // the platform's own
    "fdatasync, default, 10, 5, pass",
    "fdatasync, default, 10, 4, fail low"
  })
  void methodAndDelay(String method, String source, int delay, int siblings, String verdict) {
    server
        .set("wal_sync_method", method, source, "")
        .set("commit_delay", String.valueOf(delay))
        .set("commit_siblings", String.valueOf(siblings));

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void withoutTheSettingsItIsUnknown() {
    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

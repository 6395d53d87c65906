package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalFlushCheckTest {

  private static final Check CHECK = new WalFlushCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  WalFlushCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 50, pass",
    "100, 500, pass",
    "100, 501, fail medium",
    "100, 5000, fail medium",
    "100, 5001, fail high",
    "49, 4900, notApplicable" // too few to tell
  })
  void byWhatAFlushTakes(long count, double milliseconds, String verdict) {
    server.set("track_wal_io_timing", "on").walSyncs(count, milliseconds);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void anIdleWindowLeavesWhatWasCountedBefore() {
    String head =
        " 1\n=== 5432\n@sessions\nclient,role,database,state,waits_for,encrypted,sessions\n@databases\nname,commits\napp,5\n@wal\nsyncs,sync_ms\n";
    server.set("track_wal_io_timing", "on");
    fleet
        .host("db1")
        .answers(PostgresActivity.PROBE, "1000.0" + head + "900,9000\n")
        .answersAtEnd(PostgresActivity.PROBE, "1010.0" + head + "910,9000\n");

    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .isEqualTo(
            "db1: a flush of WAL takes 9.9 ms on average (910 since its statistics were reset); limit 5.0 ms");
  }

  @Test
  void whatIsNotTimedIsNotJudged() {
    server.set("track_wal_io_timing", "off").walSyncs(100, 0);

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void olderServersDoNotCount() {
    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void whatWasNotReadIsUnknown() {
    fleet.host("db1").doesNotTell(PostgresActivity.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

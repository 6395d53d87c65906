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

class ReplicationSlotsCheckTest {

  private static final Check CHECK = new ReplicationSlotsCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  ReplicationSlotsCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "t, reserved, false, 5, pass",
    "t, extended, false, 2000000000, fail medium",
    "f, reserved, false, 5, fail medium",
    "f, extended, false, 2000000000, fail high",
    "f, '', false, 2000000000, fail high", // PostgreSQL 12 has no status
    "f, '', false, '', pass", // never used: keeps nothing
    "f, reserved, true, 5, pass", // copied from the primary
    "f, unreserved, false, 5, fail high",
    "f, lost, true, '', fail high"
  })
  void byWhoFollowsAndWhatItKeeps(
      String active, String status, String synced, String bytes, String verdict) {
    server.set("max_wal_size", "1024");
    server.health().row("slots", "standby1", "physical", active, status, synced, bytes, "");

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({
    "10240, 1073741824, pass",
    "10240, 1073741823, fail medium", // max_wal_size
    "-1, '', fail low",
    "10240, '', pass"
  })
  void whatBoundsThem(String keep, String safe, String verdict) {
    server.set("max_wal_size", "1024").set("max_slot_wal_keep_size", keep);
    server.health().row("slots", "standby1", "physical", "t", "reserved", "false", 5, safe);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void withoutSlotsThereIsNothingToJudge() {
    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hides("slots");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

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
    "512, 536870912, pass", // has caught up, though max_wal_size is 1 GB
    "512, 134217728, pass",
    "512, 134217727, fail medium", // less than a quarter
    "10240, 2684354560, pass",
    "10240, 2684354559, fail medium",
    "-1, '', fail low",
    "10240, '', pass"
  })
  void whatBoundsThem(String keep, String safe, String verdict) {
    server.set("max_wal_size", "1024").set("max_slot_wal_keep_size", keep);
    server.health().row("slots", "standby1", "physical", "t", "reserved", "false", 5, safe);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void whatIsLeftIsTold() {
    server.set("max_wal_size", "1024").set("max_slot_wal_keep_size", "512");
    server
        .health()
        .row("slots", "standby1", "physical", "t", "extended", "false", 419430400, 104857600)
        .row("slots", "standby2", "physical", "f", "reserved", "false", 5, 536870912);

    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .isEqualTo(
            "db1: replication slots: standby1 (physical) keeps 400.0 MiB, its consumer is behind and it is given up after 100.0 MiB more, standby2 (physical) keeps 5 B, nobody follows it; limit 1.0 GiB (max_wal_size), 128.0 MiB to go (a quarter of max_slot_wal_keep_size) and a consumer");
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

package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsAlikeCheckTest {

  private static final Check CHECK = new SettingsAlikeCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();
  private final PostgresFixture standby = new PostgresFixture().set("in_hot_standby", "on");

  SettingsAlikeCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  private void withStandby() {
    fleet.host("db2", "10.0.0.22").postgres(standby);
    server.standby("10.0.0.22", "async");
  }

  @ParameterizedTest
  @CsvSource({
    "work_mem, 4096, 4096, pass",
    "work_mem, 4096, 8192, fail medium",
    "max_worker_processes, 16, 8, fail high",
    "max_worker_processes, 8, 16, fail medium",
    "cluster_name, a, b, pass",
    "primary_conninfo, '', (withheld), pass",
    "ssl_cert_file, a, b, pass"
  })
  void byWhatDiffers(String name, String primary, String other, String verdict) {
    withStandby();
    server.set(name, primary);
    standby.set(name, other);

    assertThat(verdicts()).containsExactly(verdict + " db1/and standby db2", "notApplicable db2");
  }

  @Test
  void whatNeitherWasToldIsWorkedOutByEach() {
    withStandby();
    server.set("wal_buffers", "512", "override", "");
    standby.set("wal_buffers", "2048", "override", "");

    assertThat(verdicts()).startsWith("pass db1/and standby db2");
  }

  @Test
  void limitsComeFirst() {
    withStandby();
    server.set("max_connections", "200").set("jit", "on");
    standby.set("jit", "off");

    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .isEqualTo(
            "db1: its standby db2 differs: max_connections is 100 there and 200 here, jit is off there and on here; limit none");
  }

  @Test
  void aStandbyThatDoesNotTellIsUnknown() {
    fleet.host("db2", "10.0.0.22").doesNotTell(PostgresSettings.PROBE, "denied");
    server.standby("10.0.0.22", "async");

    assertThat(verdicts()).containsExactly("unknown db1/and standby db2", "unknown db2");
  }

  @Test
  void withoutAStandbyThereIsNothingToCompare() {
    server.standby("10.0.0.99", "async");

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

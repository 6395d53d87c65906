package dev.earshot.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PgBouncerFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseServerConditionTest {

  private final FleetFixture fleet = new FleetFixture();

  DatabaseServerConditionTest() {
    fleet
        .host("db1", "10.0.0.21")
        .postgres(new PostgresFixture().sessions("10.0.0.31", "app", "appdb", 5));
    fleet.host("db2", "10.0.0.22");
    fleet.host("app1", "10.0.0.31");
    fleet.connection("app1", "db1", 5432).rtt(0.3).roundTrips(100);
  }

  @ParameterizedTest
  @CsvSource({
    "150018, host, 10.0.0.0, pass app1/db2/port 5432, pass db2/port 5432",
    "150002, host, 10.0.0.0, pass app1/db2/port 5432, pass db2/port 5432",
    "140001, host, 10.0.0.0, pass app1/db2/port 5432, fail high db2/port 5432",
    "160001, host, 10.0.0.0, pass app1/db2/port 5432, fail medium db2/port 5432",
    "150018, host, 10.9.0.0, fail high app1/db2/port 5432, pass db2/port 5432",
    "150018, hostssl, 10.0.0.0, unknown app1/db2/port 5432, pass db2/port 5432"
  })
  void theServerThereIsHeldAgainstTheOneHere(
      String version, String type, String network, String admission, String release) {
    fleet
        .host("db2")
        .postgres(
            new PostgresFixture()
                .set("server_version_num", version)
                .hba(9, type, "all", "app", network, "255.255.255.0,scram-sha-256"));

    assertThat(Verdicts.of(findings())).containsExactlyInAnyOrder(admission, release);
  }

  @Test
  void whoIsRefusedIsNamed() {
    fleet
        .host("db2")
        .postgres(
            new PostgresFixture()
                .hba(9, "host", "other", "app", "10.0.0.0", "255.255.255.0,scram-sha-256"));

    assertThat(findings().getFirst().verdict().because())
        .isEqualTo(
            "app1 → db2 port 5432: refused by the pg_hba.conf there: role app, database appdb, from 10.0.0.31");
  }

  @Test
  void whatIsNotThereYetIsNamedAndLeavesNothingOpen() {
    Finding finding = findings().getFirst();

    assertThat(Verdicts.of(findings())).containsExactly("unknown db2/port 5432");
    assertThat(finding.verdict().because())
        .startsWith(
            "db2: no PostgreSQL is seen on port 5432 before the move; the one that is to run there has to be of major version 15 and to admit app1 (role app in appdb, from 10.0.0.31), as db1 does (pg_hba.conf); by hand, once it runs: sudo -u postgres psql -X -p 5432");
    assertThat(Outcome.leavesOpen(finding)).isFalse();
  }

  @Test
  void ofManyClientsTheFirstAreNamed() {
    for (int i = 0; i < 9; i++) {
      fleet.host("web" + i, "10.0.1.3" + i);
      fleet.connection("web" + i, "db1", 5432).rtt(0.3);
    }

    assertThat(findings().getFirst().verdict().because()).contains("web6, and 2 more, as db1 does");
  }

  @Test
  void aServerThatDoesNotTellLeavesTheMoveOpen() {
    fleet.host("db2").postgres(new PostgresFixture()).doesNotTell(PostgresHba.PROBE, "denied");
    assertThat(findings()).anyMatch(Outcome::leavesOpen);

    fleet.host("db2").doesNotTell(PostgresSettings.PROBE, "denied");
    assertThat(findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.verdict().because())
              .contains("what runs on port 5432 is not known: denied");
          assertThat(Outcome.leavesOpen(finding)).isTrue();
        });
  }

  @Test
  void whereAPoolerIsAskedItsRulesAreNamed() {
    fleet.host("db1").pgBouncer(new PgBouncerFixture());
    fleet.connection("app1", "db1", 6432).rtt(0.3);

    assertThat(findings())
        .anyMatch(finding ->
            finding.key().equals("plan.database-server/db2/port 6432")
                && finding
                    .verdict()
                    .because()
                    .contains("(pg_hba.conf, and PgBouncer's auth_hba_file)"));
  }

  @Test
  void whereNoDatabaseMovesThereIsNothingToHold() {
    assertThat(Verdicts.of(findings("app1", "db2"))).containsExactly("notApplicable db2");
  }

  private List<Finding> findings() {
    return findings("db1", "db2");
  }

  private List<Finding> findings(String from, String to) {
    return Plan.of(fleet.fleet(), new Move(new HostName(from), new HostName(to)))
        .findings()
        .stream()
        .filter(finding -> finding.check().id().equals("plan.database-server"))
        .toList();
  }
}

package dev.earshot.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HaProxyFixture;
import dev.earshot.fixture.PostgresFixture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitoringTest {

  private static final HostName MON1 = new HostName("mon1");

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server =
      new PostgresFixture()
          .hba(1, "host", "all", "all", "0.0.0.0", "0.0.0.0,scram-sha-256")
          .member("watcher", "pg_monitor")
          .sessions("10.0.0.31", "app", "app", 5);

  MonitoringTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
    fleet.host("backend1", "10.0.0.31");
    fleet.host("mon1", "10.0.0.71");
    fleet.connection("mon1", "db1", 5432).rtt(25).roundTrips(10);
    fleet.connection("backend1", "db1", 5432).rtt(0.3).roundTrips(90);
  }

  /// What others do in `postgres` is watching only where work is done in another database.
  @ParameterizedTest
  @CsvSource({
    "watcher, app, app, true",
    "watcher, postgres, postgres, true",
    "exporter, postgres, app, true",
    "exporter, postgres, postgres, false",
    "exporter, app, app, false",
    "app, app, app, false"
  })
  void sessionsTellWhoWatches(String role, String database, String work, boolean watches) {
    server.sessions("10.0.0.71", role, database, 1).worksIn(work);

    Topology topology = fleet.topology();
    assertThat(topology.roles(MON1)).containsExactly(watches ? Role.MONITORING : Role.BACKEND);
    assertThat(topology.databaseFlows())
        .extracting(flow -> flow.from().value())
        .containsExactlyElementsOf(watches ? List.of("backend1") : List.of("backend1", "mon1"));
    assertThat(topology.paths()).hasSize(watches ? 1 : 2);
    assertThat(topology.askingDatabases()).hasSize(2);
    assertThat(topology.monitoring()).hasSize(watches ? 1 : 0);
  }

  /// The rows of templates are those of `initdb`.
  @ParameterizedTest
  @CsvSource({"template1, false", "template0, false", "app, true"})
  void templatesAreNoOtherDatabase(String database, boolean watches) {
    server.sessions("10.0.0.71", "app", "postgres", 1).worksIn("postgres");
    server.alsoHas(database, 883, 18_162);

    assertThat(fleet.topology().monitoring()).hasSize(watches ? 1 : 0);
  }

  /// People grant the role to an application's own, so that they see more in their tools.
  @ParameterizedTest
  @CsvSource({
    "1, 0, app, true", // five others do the work
    "5, 0, app, false",
    "5, 0, other, true",
    "5, 9, other, false"
  })
  void whoMayDoTheWorkIsNoWatcher(int sessions, long written, String database, boolean watches) {
    server
        .sessions("10.0.0.71", "watcher", database, sessions)
        .worksIn(written == 0 ? "app" : "other")
        .alsoHas(written == 0 ? "other" : "app", written == 0 ? 10 : 90_000, 900)
        .counted(0, written, 0);

    assertThat(fleet.topology().monitoring()).hasSize(watches ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "web, , false",
    "grafana, , true",
    "x, , true",
    "x, web, false",
    "x, balanced, false",
    "grafana, web, true"
  })
  void whoLooksLikeABackendIsNoWatcher(String group, String takes, boolean watches) {
    server.sessions("10.0.0.71", "watcher", "app", 1);
    fleet.host("mon1").groups(group).listens(8080, "java");
    fleet.host("lb1", "10.0.0.11");
    if ("web".equals(takes)) {
      fleet.connection("lb1", "mon1", 8080);
    } else if ("balanced".equals(takes)) {
      fleet
          .host("lb1")
          .haProxy(new HaProxyFixture().server("mon1", "10.0.0.71:8080", 1, 2, 0, 1, 9));
    }

    assertThat(fleet.topology().monitoring()).hasSize(watches ? 1 : 0);
  }

  @Test
  void whoDoesOtherThingsBesidesIsNoWatcher() {
    server.sessions("10.0.0.71", "watcher", "app", 1).sessions("10.0.0.71", "app", "app", 1);

    assertThat(fleet.topology().monitoring()).isEmpty();
  }

  /// They may be the client's, too.
  @Test
  void sessionsThatAreNotShownLeaveItOpen() {
    server.sessions("10.0.0.71", "watcher", "app", 1).hiddenSessions("app", "app", 3);

    assertThat(fleet.topology().monitoring()).isEmpty();
  }

  @Test
  void aServerThatTellsNothingTellsOfNoWatcher() {
    server.sessions("10.0.0.71", "watcher", "app", 1);
    fleet.host("db1").doesNotTell(PostgresActivity.PROBE, "denied");

    assertThat(fleet.topology().monitoring()).isEmpty();
    assertThat(fleet.topology().roles(MON1)).containsExactly(Role.BACKEND);
  }

  @Test
  void whatIsDeclaredStandsAboveWhatIsSeen() {
    fleet.host("cache1", "10.0.0.61").listens(6379, "redis-server");
    fleet.connection("mon1", "cache1", 6379);

    Topology declared = declared(Role.MONITORING);
    assertThat(declared.monitoring()).hasSize(2);
    assertThat(declared.cacheFlows()).isEmpty();
    assertThat(declared.databaseFlows()).hasSize(1);
    assertThat(declared.roles(MON1)).containsExactly(Role.MONITORING);

    server.sessions("10.0.0.71", "watcher", "app", 1);
    assertThat(declared(Role.BACKEND).databaseFlows()).hasSize(2);
  }

  private Topology declared(Role role) {
    return Topology.of(
        fleet.evidence(), new DeclaredTopology(Map.of(MON1, Set.of(role)), List.of()));
  }

  /// Exporters that run beside what they watch make no host one that watches.
  @Test
  void aServersOwnExporterIsNoRole() {
    server.sessions("127.0.0.1", "watcher", "postgres", 1);
    fleet.connection("db1", "db1", 5432);

    assertThat(fleet.topology().roles(new HostName("db1"))).containsExactly(Role.DATABASE);
  }

  @ParameterizedTest
  @CsvSource({
    "9100, x, node-exporter",
    "9999, prometheus-post, exporter",
    "9998, postgres_export, exporter",
    "10050, zabbix_agentd, zabbix-agent"
  })
  void whoAsksExportersWatches(int port, String program, String service) {
    fleet.host("backend1").listens(port, program);
    fleet.host("mon2", "10.0.0.72").groups("backends");
    fleet.connection("mon2", "backend1", port).rtt(30);

    assertThat(fleet.topology().monitoring())
        .singleElement()
        .extracting(Flow::service)
        .isEqualTo(service);
    assertThat(fleet.topology().roles(new HostName("mon2")))
        .containsExactlyInAnyOrder(Role.BACKEND, Role.MONITORING);
  }

  @Test
  void groupsAreNamedAfterIt() {
    fleet.host("mon2", "10.0.0.72").groups("grafana");

    assertThat(fleet.topology().roles(new HostName("mon2"))).containsExactly(Role.MONITORING);
  }
}

package dev.earshot.check.colocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.check.Measurement;
import dev.earshot.check.Nearness;
import dev.earshot.check.Thresholds;
import dev.earshot.evidence.ContainerSockets;
import dev.earshot.evidence.Socket;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppDatabaseCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  AppDatabaseCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    fleet.host("backend1", "10.0.0.31");
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, pass",
    "2.0, pass",
    "2.01, fail high",
    "10, fail high",
    "10.01, fail critical",
    "25.3, fail critical"
  })
  void distanceDecides(double milliseconds, String verdict) {
    fleet.connection("backend1", "db1", 5432).rtt(milliseconds);
    fleet.pings("backend1", "db1", milliseconds);

    assertThat(verdicts()).containsExactly(verdict + " backend1/db1");
  }

  @Test
  void theSentenceHasSubjectValueMethodsAndLimit() {
    fleet.connection("backend1", "db1", 5432).rtt(25.2);
    fleet.connection("backend1", "db1", 5432).rtt(25.4);
    fleet.pings("backend1", "db1", 25.3);

    assertThat(because())
        .isEqualTo(
            "backend1 → db1: 25.3 ms a round trip (ICMP median 25.3 ms of 10; kernel minimum 25.2 ms on 2 sockets); limit 2.0 ms; they are up to 2530 km apart");
    assertThat(findings().getFirst().measured())
        .containsExactly(Measurement.limited("rttMedianMs", 25.3, 2, "icmp"));
  }

  @Test
  void aBackendThatStandsRightIsNamedWithTheNextCommand() {
    fleet.connection("backend1", "db1", 5432).rtt(25.2);
    assertThat(findings().getFirst().remedy().orElseThrow().summary())
        .endsWith("can't happen again unnoticed.");

    fleet.host("backend2", "10.0.0.32").groups("backends");
    fleet.pings("backend2", "db1", 0.3);
    assertThat(findings().getFirst().remedy().orElseThrow().summary())
        .endsWith(
            " backend2 stands there already: earshot plan --move backend1=backend2 says whether it would do.");
  }

  @Test
  void allTextsTellTheLimitInForce() {
    fleet.connection("backend1", "db1", 5432).rtt(25.2);

    Finding finding =
        new AppDatabaseCheck()
            .judge(
                fleet.fleet(
                    new Thresholds(
                        Map.of(Nearness.DATABASE.acceptable(), Duration.ofMillis(5)), Map.of())))
            .getFirst();

    assertThat(finding.check().title()).isEqualTo("Every backend is within 5 ms of its database");
    assertThat(finding.verdict().because()).contains("limit 5.0 ms");
    assertThat(finding.remedy().orElseThrow().playbook())
        .contains("name: Backends run within 5 ms of", "takes 5 ms at most", "| float) <= 5\n")
        .contains("longer than 5 ms")
        .doesNotContain("2 ms", "<= 2");
    assertThat(findings().getFirst().check()).isEqualTo(new AppDatabaseCheck().info());
  }

  @Test
  void theKernelAloneSuffices() {
    fleet.connection("backend1", "db1", 5432).rtt(25.2);

    assertThat(because()).contains("25.2 ms a round trip (kernel minimum 25.2 ms on 1 socket)");
  }

  @Test
  void pingsThatWentAnotherWayAreNotQuoted() {
    fleet.connection("backend1", "db1", 5432).rtt(25.2);
    fleet.host("backend1").pings("db1", "192.168.0.21", 0.1, 10, 10);

    assertThat(verdicts()).containsExactly("fail critical backend1/db1");
    assertThat(because()).doesNotContain("ICMP");
  }

  @Test
  void aDistanceThatNobodyMeasuredIsUnknown() {
    fleet
        .host("backend1")
        .answers(Socket.PROBE, "1000.0 1\n0 0 10.0.0.31:50000 10.0.0.21:5432 cubic\n");

    assertThat(verdicts()).containsExactly("unknown backend1/db1");
  }

  /// A question waits for both legs; where the second alone is too far, that is one finding.
  @ParameterizedTest
  @CsvSource({
    "0.5, 1.5, pass, pass",
    "1.5, 1.5, fail high, pass",
    "0.5, 25, pass, fail critical",
    "9, 1.5, fail critical, pass"
  })
  void aPoolerBetweenThemIsPassedOnTheWay(
      double first, double second, String toPooler, String onward) {
    fleet.host("pool1", "10.0.0.41").listens(6432, "pgbouncer");
    fleet.connection("backend1", "pool1", 6432).rtt(first);
    fleet.connection("pool1", "db1", 5432).rtt(second);

    assertThat(verdicts()).containsExactly(toPooler + " backend1/pool1", onward + " pool1/db1");
  }

  @Test
  void bothLegsAreTold() {
    fleet.host("pool1", "10.0.0.41").listens(6432, "pgbouncer");
    fleet.connection("backend1", "pool1", 6432).rtt(1.5);
    fleet.connection("pool1", "db1", 5432).rtt(1.6);

    assertThat(because())
        .startsWith(
            "backend1 → pool1: 1.5 ms a round trip (kernel minimum 1.5 ms on 1 socket), and 1.6 ms on from the pooler, 3.1 ms in all; limit 2.0 ms");
  }

  @Test
  void ofTwoServersOnOneHostTheFartherCounts() {
    fleet.host("db1").alsoAt("10.9.0.21").postgres(new PostgresFixture(5433));
    fleet.connection("backend1", "db1", 5432).rtt(0.2);
    fleet.outgoing("backend1", "10.9.0.21", 5433).rtt(30);

    assertThat(verdicts()).containsExactly("fail critical backend1/db1");
  }

  @Test
  void anIdleBackendIsNotApplicableAndSaysHowFarItIs() {
    fleet.host("backend1").groups("backends");
    fleet.pings("backend1", "db1", 0.3);

    assertThat(verdicts()).containsExactly("notApplicable backend1");
    assertThat(because())
        .isEqualTo("backend1 holds no connection to a database (db1 is 0.30 ms away)");
  }

  @Test
  void aHostWhoseSocketsAreUnreadIsUnknown() {
    fleet.host("backend1").doesNotTell(Socket.PROBE, "ss is not installed");

    assertThat(verdicts()).containsExactly("unknown backend1");
    assertThat(because()).endsWith("ss is not installed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"not for the login user to enter", "3 more network namespaces of containers"})
  void aHostWhoseContainersAreUnreadIsUnknown(String reason) {
    fleet.host("backend1").groups("backends");
    if (reason.startsWith("3")) {
      fleet
          .host("backend1")
          .answers(ContainerSockets.PROBE, "1000.0 9.0\nnamespaces\nleft out 3\n");
    } else {
      fleet.host("backend1").doesNotTell(ContainerSockets.PROBE, reason);
    }
    assertThat(verdicts()).containsExactly("unknown backend1");
    assertThat(because())
        .startsWith("backend1: whether it talks to a database is not known: " + reason);

    fleet.incoming("10.0.0.31", "db1", 5432).rtt(25);
    assertThat(verdicts()).as("seen from its server").containsExactly("fail critical backend1/db1");
  }

  @Test
  void whoOnlyWatchesADatabaseMayBeFarFromIt() {
    fleet.host("mon1", "10.0.0.71");
    fleet.host("db1").postgres(new PostgresFixture().sessions("10.0.0.71", "x", "postgres", 1));
    fleet.connection("mon1", "db1", 5432).rtt(25);
    assertThat(verdicts()).containsExactly("notApplicable fleet");

    fleet.host("db1").postgres(new PostgresFixture().sessions("10.0.0.71", "x", "app", 1));
    assertThat(verdicts()).containsExactly("fail critical mon1/db1");
  }

  /// What somebody granted the application's role, or where it has its tables, hides no incident.
  @ParameterizedTest
  @CsvSource({"lemmy, pg_monitor", "postgres, pg_read_all_data"})
  void anApplicationIsNotTakenForMonitoring(String database, String member) {
    FleetFixture incident = FleetFixture.incident();
    incident
        .host("db1")
        .postgres(
            new PostgresFixture()
                .hba(1, "host", "all", "all", "0.0.0.0", "0.0.0.0,scram-sha-256")
                .member("lemmy", member)
                .sessions("10.0.0.31", "lemmy", database, 5)
                .sessions("10.0.0.32", "lemmy", database, 1)
                .worksIn(database)
                .alsoHas("template1", 883, 18_162));

    assertThat(Verdicts.of(incident.judge(new AppDatabaseCheck())))
        .containsExactly("fail critical backend1/db1", "pass backend2/db1");
  }

  @Test
  void whoWasTakenForMonitoringIsTold() {
    fleet.host("mon1", "10.0.0.71");
    fleet
        .host("db1")
        .postgres(
            new PostgresFixture()
                .hba(1, "host", "all", "all", "0.0.0.0", "0.0.0.0,scram-sha-256")
                .member("w", "pg_monitor")
                .sessions("10.0.0.31", "app", "app", 3)
                .sessions("10.0.0.71", "w", "app", 2)
                .sessions("10.0.0.71", "x", "postgres", 1));
    fleet.connection("mon1", "db1", 5432).rtt(25);

    assertThat(verdicts()).containsExactly("notApplicable fleet");
    assertThat(because())
        .isEqualTo(
            "no host holds a connection to a PostgreSQL server that requests wait for: sessions of mon1 on db1, 3 in all, were taken for monitoring (role w is in pg_monitor, role x works in database postgres); say roles: backend in earshot.yml of a host that does not watch");

    fleet.host("cache1", "10.0.0.61").listens(6379, "redis-server");
    fleet.connection("mon1", "cache1", 6379).rtt(0.3);
    assertThat(verdicts()).containsExactly("notApplicable mon1");
    assertThat(because())
        .startsWith(
            "mon1 holds no connection to a database that requests wait for (db1 is 25.0 ms away): sessions of mon1 on db1, 3 in all, were taken for monitoring");
  }

  @Test
  void aFleetWithoutDatabasesIsNotApplicable() {
    FleetFixture plain = new FleetFixture();
    plain.host("a", "10.0.0.1");

    assertThat(Verdicts.of(plain.judge(new AppDatabaseCheck())))
        .containsExactly("notApplicable fleet");
  }

  private List<Finding> findings() {
    return fleet.judge(new AppDatabaseCheck());
  }

  private List<String> verdicts() {
    return Verdicts.of(findings());
  }

  private String because() {
    return findings().getFirst().verdict().because();
  }
}

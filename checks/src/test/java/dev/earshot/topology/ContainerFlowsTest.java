package dev.earshot.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.ContainerSockets;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Socket;
import dev.earshot.fixture.ContainerFixture;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerFlowsTest {

  private static final String CLIENT =
      "ESTAB 0 0 172.18.0.3:40000 %s:5432 rtt:25.3/1 minrtt:25.2 data_segs_out:%d data_segs_in:%d lastsnd:10 lastrcv:10\n";

  private final FleetFixture fleet = new FleetFixture();

  @Test
  void whatBeginsInAContainerComesFromItsHost() {
    fleet
        .host("app1", "10.0.0.31")
        .answers(ContainerSockets.PROBE, answer(1000, CLIENT.formatted("10.0.0.21", 100, 100)))
        .answersAtEnd(
            ContainerSockets.PROBE, answer(1010, CLIENT.formatted("10.0.0.21", 300, 300)));
    fleet.host("db1", "10.0.0.21").listens(5432, "postgres");

    List<Flow> flows = fleet.topology().flows();
    assertThat(flows).hasSize(1);
    Flow flow = flows.getFirst();
    assertThat(flow.from()).isEqualTo(new HostName("app1"));
    assertThat(flow.to()).isEqualTo(new HostName("db1"));
    assertThat(flow.traffic().orElseThrow().roundTrips()).isEqualTo(200);
    assertThat(flow.traffic().orElseThrow().window()).isEqualTo(Duration.ofSeconds(10));
  }

  /// Every host with containers may have a 172.18.0.2.
  @Test
  void aDatabaseInAContainerNextDoorIsOnTheSameHost() {
    String database =
        "=== net:[2] 0::/docker/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\nLISTEN 0 128 0.0.0.0:5432 0.0.0.0:*\n";
    String server = "ESTAB 0 0 172.18.0.2:5432 172.18.0.3:40000 rtt:0.1/1 minrtt:0.05\n";
    for (String name : List.of("a", "b")) {
      fleet
          .host(name, "10.0.0.3" + name.charAt(0) % 10)
          .answers(
              ContainerSockets.PROBE,
              answer(1000, CLIENT.formatted("172.18.0.2", 1, 1)) + database + server);
    }

    assertThat(fleet.topology().flows())
        .hasSize(2)
        .allSatisfy(flow -> assertThat(flow.to()).isEqualTo(flow.from()))
        .allSatisfy(flow -> assertThat(flow.port()).isEqualTo(5432));
  }

  /// The kernel passes on what comes from outside: only the container's own list has it. Where the
  /// client shows it, it is no second flow.
  @Test
  void whatOthersAskAContainerIsSeenThere() {
    fleet.host("app1", "10.0.0.31").doesNotTell(ContainerSockets.PROBE, "not for us");
    fleet
        .host("db1", "10.0.0.21")
        .postgres(new PostgresFixture(5433).inContainer("web", 5432))
        .answers(ContainerSockets.PROBE, SERVED.formatted(1000, 100, 100))
        .answersAtEnd(ContainerSockets.PROBE, SERVED.formatted(1010, 300, 300));

    assertThat(fleet.topology().databaseFlows())
        .singleElement()
        .satisfies(flow -> {
          assertThat(flow.from()).isEqualTo(new HostName("app1"));
          assertThat(flow.to()).isEqualTo(new HostName("db1"));
          assertThat(flow.port()).as("published").isEqualTo(5433);
          assertThat(flow.connections()).isEqualTo(1);
          assertThat(flow.over()).isEmpty();
          assertThat(flow.address()).isEqualTo("db1");
          assertThat(flow.minRtt()).contains(Duration.ofMillis(25));
          assertThat(flow.traffic().orElseThrow().roundTrips()).isEqualTo(200);
        });

    fleet
        .host("app1")
        .answers(Socket.PROBE, "1000.0 9.0\n0 0 10.0.0.31:40000 10.0.0.21:6666 minrtt:25\n");
    assertThat(fleet.topology().flows()).extracting(Flow::port).containsExactly(6666);
  }

  @Test
  void ofOtherServicesThePublishedPortIsToldByTheEngine() {
    fleet.host("app1", "10.0.0.31");
    fleet
        .host("db1", "10.0.0.21")
        .containers(new ContainerFixture("web", "any").publishes(5432, "0.0.0.0", 7777))
        .answers(ContainerSockets.PROBE, SERVED.formatted(1000, 100, 100));

    assertThat(fleet.topology().flows()).extracting(Flow::port).containsExactly(7777);
  }

  /// As Lemmy's own installation has it: nginx on the host ends TLS and asks an nginx in a
  /// container, which asks Lemmy's, which asks a database in a container or on another host.
  @ParameterizedTest
  @CsvSource({
    "10.0.0.21, false, app1 → db1",
    "172.18.0.2, false, app1 → app1",
    "10.0.0.21, true, app1 → app1 → db1",
    "172.18.0.2, true, app1 → app1 → app1"
  })
  void twoHopsOfNginxOnTheBackendItselfAreOnePath(String database, boolean declared, String path) {
    fleet.host("db1", "10.0.0.21").listens(5432, "postgres");
    fleet
        .host("app1", "10.0.0.31")
        .alsoAt("172.18.0.1")
        .listens(443, "nginx")
        .listens(10633, "docker-proxy")
        .containers(
            new ContainerFixture("proxy", "nginx:1-alpine").publishes(8536, "127.0.0.1", 10633),
            new ContainerFixture("lemmy", "dessalines/lemmy:0.19.3"),
            new ContainerFixture("postgres", "pgautoupgrade/pgautoupgrade:16-alpine"))
        .answers(ContainerSockets.PROBE, LEMMY.formatted(1000, 100, 100, database, 1000, 1000))
        .answersAtEnd(
            ContainerSockets.PROBE, LEMMY.formatted(1010, 120, 120, database, 1400, 1400));
    fleet.incoming("192.0.2.9", "app1", 443).roundTrips(20);
    fleet.connection("app1", "app1", 10633).roundTrips(20);

    Topology topology =
        Topology.of(
            fleet.evidence(),
            declared
                ? new DeclaredTopology(
                    Map.of(new HostName("app1"), Set.of(Role.LOAD_BALANCER, Role.BACKEND)),
                    List.of())
                : DeclaredTopology.NONE);

    assertThat(topology.paths())
        .singleElement()
        .satisfies(one -> {
          assertThat(one).hasToString(path);
          assertThat(one.database().port()).isEqualTo(5432);
          assertThat(one.database().traffic().orElseThrow().roundTrips()).isEqualTo(400);
        });
    assertThat(
            topology
                .fleet()
                .host(new HostName("app1"))
                .flatMap(topology::inbound)
                .map(Traffic::roundTrips))
        .as("each hop is the same request")
        .contains(20L);
  }

  private static final String LEMMY =
      """
      %d.00 9.0
      namespaces
      === net:[1] 0::/docker/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
      LISTEN 0 511 0.0.0.0:8536 0.0.0.0:*
      ESTAB 0 0 172.18.0.5:8536 172.18.0.1:50000 rtt:0.1/1 minrtt:0.05
      ESTAB 0 0 172.18.0.5:50001 172.18.0.3:8536 rtt:0.1/1 minrtt:0.05 data_segs_out:%d data_segs_in:%d lastsnd:10 lastrcv:10
      === net:[2] 0::/docker/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
      LISTEN 0 1024 0.0.0.0:8536 0.0.0.0:*
      ESTAB 0 0 172.18.0.3:8536 172.18.0.5:50001 rtt:0.1/1 minrtt:0.05
      ESTAB 0 0 172.18.0.3:50002 %s:5432 rtt:25.3/1 minrtt:25.2 data_segs_out:%d data_segs_in:%d lastsnd:10 lastrcv:10
      === net:[3] 0::/docker/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
      LISTEN 0 244 0.0.0.0:5432 0.0.0.0:*
      ESTAB 0 0 172.18.0.2:5432 172.18.0.3:50002 rtt:0.1/1 minrtt:0.05
      """;

  private static final String SERVED =
      """
      %d.00 9.0
      namespaces
      === net:[1] 0::/docker/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
      LISTEN 0 128 0.0.0.0:5432 0.0.0.0:*
      ESTAB 0 0 172.18.0.2:5432 10.0.0.31:40000 rtt:25.3/1 minrtt:25 data_segs_out:%d data_segs_in:%d lastsnd:10 lastrcv:10
      ESTAB 0 0 172.18.0.2:5432 172.18.0.1:40001 rtt:0.3/1 minrtt:0.2
      ESTAB 0 0 172.18.0.2:5432 10.0.0.21:40002 rtt:0.3/1 minrtt:0.2
      ESTAB 0 0 172.18.0.2:5432 192.0.2.9:40003 rtt:0.3/1 minrtt:0.2
      """;

  private static String answer(int uptime, String clients) {
    return "%d.00 9.0\nnamespaces\n=== net:[1] 0::/docker/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n%s"
        .formatted(uptime, clients);
  }
}

package dev.earshot.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Listener;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Place;
import dev.earshot.evidence.Socket;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HaProxyFixture;
import dev.earshot.fixture.PostgresFixture;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyTest {

  private final FleetFixture fleet = new FleetFixture();

  TopologyTest() {
    fleet.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    fleet.host("backend1", "10.0.0.31");
  }

  @Test
  void aClientsSocketsMakeOneFlow() {
    fleet.connection("backend1", "db1", 5432).rtt(25.2).roundTrips(100);
    fleet.connection("backend1", "db1", 5432).rtt(25.4).segments(50, 60);
    fleet.connection("backend1", "db1", 5432).young().segments(999, 999);

    Flow flow = onlyFlow();
    assertThat(flow.from()).isEqualTo(name("backend1"));
    assertThat(flow.to()).isEqualTo(name("db1"));
    assertThat(flow.service()).isEqualTo("postgresql");
    assertThat(flow.connections()).isEqualTo(3);
    assertThat(flow.minRtt()).contains(Millis.duration(0.2));
    assertThat(flow.traffic())
        .hasValueSatisfying(traffic -> {
          assertThat(traffic.requests()).isEqualTo(150);
          assertThat(traffic.answers()).isEqualTo(160);
          assertThat(traffic.roundTrips()).isEqualTo(150);
          assertThat(traffic.roundTripRate().perSecond()).isEqualTo(15);
        });
  }

  @Test
  void theServersSideStandsInForAClientThatTellsNothing() {
    fleet.host("backend1").doesNotTell(Socket.PROBE, "ss is not installed");
    fleet.connection("backend1", "db1", 5432).rtt(25.2).segments(100, 120);

    assertThat(onlyFlow().traffic().map(Traffic::requests)).contains(100L);
    assertThat(onlyFlow().minRtt()).contains(Millis.duration(25.2));
    assertThat(onlyFlow().over()).hasToString("[10.0.0.21]");
  }

  @Test
  void theServersSideStandsInForConnectionsOfContainers() {
    fleet.incoming("10.0.0.31", "db1", 5432).roundTrips(100);

    assertThat(onlyFlow().from()).isEqualTo(name("backend1"));
    assertThat(fleet.topology().roles(name("backend1"))).containsExactly(Role.BACKEND);
  }

  @Test
  void theServersSideStandsInForAnUnreachableClient() {
    fleet.host("backend1").unreachable("no route");
    fleet.incoming("10.0.0.31", "db1", 5432).roundTrips(100);

    assertThat(onlyFlow().from()).isEqualTo(name("backend1"));
  }

  @Test
  void aFlowWithinOneHostCountsOnce() {
    fleet.connection("db1", "db1", 5432).rtt(0.02).roundTrips(30);

    assertThat(onlyFlow().to()).isEqualTo(onlyFlow().from());
    assertThat(onlyFlow().traffic().map(Traffic::requests)).contains(30L);
    assertThat(fleet.topology().roles(name("db1")))
        .containsExactlyInAnyOrder(Role.BACKEND, Role.DATABASE);
  }

  @Test
  void addressesThatSeveralHostsCarryTellNothing() {
    fleet.host("db1").alsoAt("172.17.0.1");
    fleet.host("backend1").alsoAt("172.17.0.1");
    fleet.outgoing("backend1", "172.17.0.1", 5433);
    fleet.incoming("172.17.0.1", "db1", 5432);

    assertThat(fleet.topology().flows()).isEmpty();
  }

  @Test
  void aDatabaseOutsideTheAuditIsAFlowLikeAnyOther() {
    fleet.outgoing("backend1", "192.0.2.7", 5432).rtt(31);
    fleet.outgoing("backend1", "192.0.2.8", 443);

    assertThat(onlyFlow().to()).isEqualTo(name("192.0.2.7"));
    assertThat(fleet.topology().paths()).singleElement().hasToString("backend1 → 192.0.2.7");
    assertThat(fleet.topology().rtts().of(onlyFlow())).contains(Millis.duration(31));
  }

  @Test
  void aDatabaseInAContainerIsOneAtThePortThatItIsPublishedAt() {
    fleet.host("db1").postgres(new PostgresFixture(5433).inContainer("web", 5432));
    fleet.connection("backend1", "db1", 5433).rtt(25);

    assertThat(fleet.topology().databaseFlows()).singleElement().isEqualTo(onlyFlow());
    assertThat(onlyFlow().service()).isEqualTo("postgresql");
    assertThat(fleet.topology().paths()).singleElement().hasToString("backend1 → db1");
  }

  /// A pooler may have the port that the server behind it has within its container.
  @Test
  void aProgramOfTheHostKeepsItsPortFromAContainersOwn() {
    fleet.host("pool1", "10.0.0.41").postgres(new PostgresFixture(5433).inContainer("web", 5432));
    fleet.host("pool1").listens(5432, "pgbouncer");
    fleet.connection("backend1", "pool1", 5432);

    assertThat(onlyFlow().service()).isEqualTo("pgbouncer");
  }

  @Test
  void aPoolerIsADatabaseToItsClients() {
    fleet.host("db1").listens(6432, "pgbouncer");
    fleet.connection("backend1", "db1", 6432).roundTrips(5);

    assertThat(onlyFlow().isDatabase()).isTrue();
    assertThat(onlyFlow().isPooled()).isTrue();
  }

  @Test
  void aPoolerIsPassedOnTheWayToItsDatabase() {
    fleet.host("lb1", "10.0.0.11").haProxy(proxy("backend1", "10.0.0.31:8536"));
    fleet.host("pool1", "10.0.0.41").listens(6432, "pgbouncer");
    fleet.connection("backend1", "pool1", 6432).rtt(1.5).roundTrips(5);
    fleet.connection("pool1", "db1", 5432).rtt(25).roundTrips(5);

    Topology topology = fleet.topology();
    assertThat(topology.paths())
        .singleElement()
        .satisfies(path -> {
          assertThat(path).hasToString("lb1 → backend1 → pool1 → db1");
          assertThat(topology.rtt(path)).contains(Millis.duration(26.5));
        });
    assertThat(topology.roles(name("pool1"))).containsExactly(Role.DATABASE);
    assertThat(topology.roles(name("backend1"))).containsExactly(Role.BACKEND);
  }

  @Test
  void aPoolerBesideItsDatabaseIsNotToldTwice() {
    fleet.host("db1").listens(6432, "pgbouncer");
    fleet.connection("backend1", "db1", 6432).rtt(0.3);
    fleet.connection("db1", "db1", 5432).rtt(0.02);

    assertThat(fleet.topology().paths()).singleElement().hasToString("backend1 → db1");
    assertThat(fleet.topology().roles(name("db1"))).containsExactly(Role.DATABASE);
  }

  @Test
  void aPoolerOfTheBackendsOwnIsNoPathOfItsOwn() {
    fleet.host("backend1").listens(6432, "pgbouncer");
    fleet.connection("backend1", "backend1", 6432).roundTrips(9);
    fleet.connection("backend1", "db1", 5432).rtt(25);

    assertThat(fleet.topology().paths()).singleElement().hasToString("backend1 → db1");
    assertThat(fleet.topology().roles(name("backend1"))).contains(Role.BACKEND);
  }

  @Test
  void cachesAreARole() {
    fleet.host("cache1", "10.0.0.61").listens(6379, "valkey-server");
    fleet.host("cache2", "10.0.0.62").groups("redis");
    fleet.connection("backend1", "cache1", 6379);

    Topology topology = fleet.topology();
    assertThat(topology.cacheFlows()).singleElement().extracting(Flow::service).isEqualTo("redis");
    assertThat(topology.roles(name("cache1"))).containsExactly(Role.CACHE);
    assertThat(topology.roles(name("cache2"))).containsExactly(Role.CACHE);
    assertThat(topology.roles(name("backend1"))).containsExactly(Role.BACKEND);
    assertThat(topology.paths()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5432, 45000", "80, 45000", "9999, 45000", "8536, 33000"})
  void lowPortsServeWhereListenersAreNotKnown(int port, int high) {
    fleet.host("db1").doesNotTell(Listener.PROBE, "ss is not installed");
    fleet.host("backend1").doesNotTell(Listener.PROBE, "ss is not installed");
    fleet.connection("backend1", "db1", port);

    assertThat(onlyFlow().port()).isEqualTo(port).isLessThan(high);
    assertThat(onlyFlow().to()).isEqualTo(name("db1"));
  }

  @Test
  void idleConnectionsKeepTheirShortestRoundTripAlone() {
    fleet.connection("backend1", "db1", 5432).rtt(25).quiet(100, 110);

    assertThat(onlyFlow().minRtt()).contains(Duration.ofMillis(25));
    assertThat(onlyFlow().rtts()).isEmpty();
  }

  @Test
  void aStandbyThatFollowsItsPrimaryIsNoBackend() {
    fleet.host("db1").postgres(new PostgresFixture().standby("10.0.0.22", "async"));
    fleet.host("db2", "10.0.0.22").postgres(new PostgresFixture().set("in_hot_standby", "on"));
    fleet.connection("db2", "db1", 5432);

    assertThat(fleet.topology().databaseFlows()).isEmpty();
    assertThat(fleet.topology().roles(name("db2"))).containsExactly(Role.DATABASE);
  }

  @Test
  void aStandbyWhosePrimaryTellsNothingSaysItselfThatItIsOne() {
    fleet.host("db1").unreachable("no route");
    fleet.host("db2", "10.0.0.22").postgres(new PostgresFixture().set("in_hot_standby", "on"));
    fleet.connection("db2", "db1", 5432);

    assertThat(fleet.topology().databaseFlows()).isEmpty();
  }

  @Test
  void aBackendWithAnIdleServerOfItsOwnIsABackend() {
    fleet.host("backend1").postgres(new PostgresFixture());
    fleet.connection("backend1", "db1", 5432);

    assertThat(fleet.topology().databaseFlows()).hasSize(1);
    assertThat(fleet.topology().roles(name("backend1"))).contains(Role.BACKEND);
  }

  @Test
  void groupsNameTheRolesOfHostsThatShowNone() {
    fleet.host("lb9", "10.0.0.9").groups("load-balancers");
    fleet.host("app9", "10.0.0.8").groups("all", "app_servers", "Databases");
    fleet.connection("backend1", "db1", 5432);
    fleet.host("backend1").groups("databases");

    Topology topology = fleet.topology();
    assertThat(topology.roles(name("lb9"))).containsExactly(Role.LOAD_BALANCER);
    assertThat(topology.roles(name("app9"))).containsExactlyInAnyOrder(Role.BACKEND, Role.DATABASE);
    assertThat(topology.roles(name("backend1"))).containsExactly(Role.BACKEND);
    assertThat(topology.roles(name("nobody"))).isEmpty();
  }

  @Test
  void pathsLeadThroughEveryLoadBalancerThatKnowsTheBackend() {
    fleet.connection("backend1", "db1", 5432);
    fleet.host("lb1", "10.0.0.11").haProxy(proxy("anything", "10.0.0.31:8536"));
    fleet.host("lb2", "10.0.0.12").haProxy(proxy("backend1", ""));
    fleet.host("lb3", "10.0.0.13").haProxy(proxy("other", "10.0.0.99:80"));

    assertThat(fleet.topology().paths())
        .extracting(RequestPath::toString)
        .containsExactly("lb1 → backend1 → db1", "lb2 → backend1 → db1");
  }

  @Test
  void aLoadBalancerOnTheBackendItselfIsAPathToo() {
    fleet.host("backend1").haProxy(proxy("app", "127.0.0.1:8536"));
    fleet.connection("backend1", "db1", 5432);

    assertThat(fleet.topology().paths())
        .extracting(RequestPath::toString)
        .containsExactly("backend1 → backend1 → db1");
  }

  @Test
  void severalServersOnOneHostMakeOnePath() {
    fleet.host("db1").listens(5433, "postgres");
    fleet.connection("backend1", "db1", 5432).roundTrips(3);
    fleet.connection("backend1", "db1", 5433).roundTrips(30);

    assertThat(fleet.topology().paths())
        .singleElement()
        .extracting(path -> path.database().port())
        .isEqualTo(5433);
  }

  @Test
  void requestsAreCountedOnceWhereAProxyHandsThemOn() {
    fleet.host("backend1").listens(80, "nginx").listens(8536, "app").listens(6379, "redis-server");
    fleet.connection("db1", "backend1", 80).roundTrips(18);
    fleet.connection("backend1", "backend1", 8536).roundTrips(18);
    fleet.connection("db1", "backend1", 6379).roundTrips(500);
    fleet.connection("db1", "backend1", 22).roundTrips(70);

    assertThat(inbound("backend1")).contains(18L);
  }

  @Test
  void requestsFromTheHostItselfCountWhereThereAreNoOthers() {
    fleet.host("backend1").listens(8536, "app");
    fleet.connection("backend1", "backend1", 8536).roundTrips(7);

    assertThat(inbound("backend1")).contains(7L);
    assertThat(inbound("db1")).isEmpty();
  }

  @Test
  void pingsToStrangersAndToOneselfAreLeftOut() {
    fleet
        .host("backend1")
        .pings("backend1", "10.0.0.31", 0.01, 10, 10)
        .pings("invented", "10.0.0.66", 1, 10, 10);

    assertThat(fleet.topology().rtts().links()).isEmpty();
  }

  @Test
  void roundTripsComeFromPingsThatWentTheFlowsWay() {
    fleet.connection("backend1", "db1", 5432).rtt(25.2);
    fleet.host("backend1").pings("db1", "10.9.9.9", 0.3, 10, 10);

    assertThat(fleet.topology().rtts().of(onlyFlow())).contains(Millis.duration(25.2));
    assertThat(fleet.topology().rtts().typical(name("backend1"), name("db1")))
        .contains(Millis.duration(0.3));
  }

  @Test
  void aFilteredPingLeavesTheOtherDirection() {
    fleet.host("backend1").pings("db1", "10.0.0.21", 0, 10, 0);
    fleet.host("db1").pings("backend1", "10.0.0.31", 25.3, 10, 9);

    RttMatrix rtts = fleet.topology().rtts();
    assertThat(rtts.icmp(name("backend1"), name("db1"))).isEmpty();
    assertThat(rtts.typical(name("backend1"), name("db1"))).contains(Millis.duration(25.3));
    assertThat(rtts.links()).extracting(Link::lossRatio).containsExactlyInAnyOrder(1.0, 0.1);
  }

  @Test
  void declaredPlacesAndSitesAreDifferentThings() {
    fleet
        .host("db1")
        .declared(
            new Place(
                Place.Source.DECLARED, Optional.of("ovh"), Optional.of("gra"), Optional.empty()));

    assertThat(fleet.topology().sites()).isEmpty();
    assertThat(fleet.topology().site(name("db1"))).isEmpty();
  }

  private HaProxyFixture proxy(String server, String address) {
    return new HaProxyFixture().server(server, address, 0, 0, 0, 0, 0);
  }

  private Optional<Long> inbound(String host) {
    Topology topology = fleet.topology();
    return topology.fleet().host(name(host)).flatMap(topology::inbound).map(Traffic::roundTrips);
  }

  private Flow onlyFlow() {
    List<Flow> flows = fleet.topology().flows();
    assertThat(flows).hasSize(1);
    return flows.getFirst();
  }

  private static HostName name(String name) {
    return new HostName(name);
  }
}

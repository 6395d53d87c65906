package dev.earshot.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Nearness;
import dev.earshot.check.Origin;
import dev.earshot.check.Policy;
import dev.earshot.check.Remedy;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Waiver;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.ContainerReadiness;
import dev.earshot.evidence.ContainerSockets;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Memory;
import dev.earshot.evidence.OperatingSystem;
import dev.earshot.evidence.Ping;
import dev.earshot.evidence.ServiceName;
import dev.earshot.evidence.Socket;
import dev.earshot.evidence.TunnelRtt;
import dev.earshot.fixture.ContainerFixture;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HaProxyFixture;
import dev.earshot.fixture.PgBouncerFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import dev.earshot.topology.DeclaredTopology;
import dev.earshot.topology.Destination;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

  private static final String ACCESS =
      "plan.database-access/backend2/db1/port 5432, role app, database appdb";

  private final FleetFixture fleet = FleetFixture.incident();

  @Test
  void theIncidentsBackendWouldDoWellNextToItsDatabase() {
    Plan plan = plan("backend1", "backend2");

    assertThat(because(plan, "plan.distance/backend2/db1/port 5432"))
        .isEqualTo(
            "backend2 → db1 port 5432 (postgresql): 0.30 ms a round trip (ICMP median of 10) instead of 25.3 ms with backend1: −25 ms on 20 calls; limit 2.0 ms");
    assertThat(because(plan, "plan.distance/lb1/backend2/port 8536"))
        .startsWith("lb1 → backend2 port 8536 (http): 0.30 ms a round trip");
    assertThat(because(plan, "plan.request-time/lb1/backend2/db1"))
        .startsWith("lb1 → backend2 → db1: a request would take ")
        .contains("instead of 533 ms on lb1 → backend1 → db1 (−525 ms: −25 ms on 20 calls)");
    assertThat(plan.findings()).noneMatch(Finding::failed);
    assertThat(plan.outcome()).as("pg_hba.conf was not read").isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void aMoveAwayFromTheCacheCountsItsCalls() {
    fleet.host("cache1", "10.0.0.61").listens(6379, "valkey-server");
    fleet.connection("backend1", "cache1", 6379).rtt(0.3).roundTrips(180);
    fleet.pings("backend2", "cache1", 20).pings("backend1", "cache1", 0.3);
    Plan plan = plan("backend1", "backend2");

    assertThat(because(plan, "plan.distance/backend2/cache1/port 6379"))
        .contains("+20 ms on 10 calls");
    assertThat(plan.forecasts().getFirst().moved().collected().orElseThrow().because())
        .contains("the calls to caches grow from 3.0 ms to 200 ms");
  }

  @ParameterizedTest
  @CsvSource({
    "6379, valkey-server, 1.5, pass",
    "6379, valkey-server, 5, fail high",
    "6379, valkey-server, 20, fail critical",
    "8080, pict-rs, 5, fail high",
    "9200, java, 20, pass"
  })
  void whatRequestsWaitForIsNearAndTheRestNeedNot(
      int port, String program, double milliseconds, String verdict) {
    fleet.host("other", "10.0.0.61").listens(port, program);
    fleet.connection("backend1", "other", port).rtt(0.3);
    fleet.pings("backend2", "other", milliseconds).pings("backend1", "other", 0.3);

    assertThat(
            Verdicts.of(
                List.of(finding("plan.distance/backend2/other/port " + port, Thresholds.USUAL))))
        .containsExactly(verdict + " backend2/other/port " + port);
  }

  @Test
  void theLimitOfCachesIsTheirOwn() {
    fleet.host("cache1", "10.0.0.61").listens(6379, "valkey-server");
    fleet.connection("backend1", "cache1", 6379).rtt(0.3);
    fleet.pings("backend2", "cache1", 5).pings("backend1", "cache1", 0.3);

    Finding finding =
        finding(
            "plan.distance/backend2/cache1/port 6379",
            new Thresholds(Map.of(Nearness.CACHE.acceptable(), Duration.ofMillis(6)), Map.of()));

    assertThat(finding.verdict().label()).isEqualTo("pass");
    assertThat(finding.verdict().because()).endsWith("limit 6.0 ms");
  }

  private Finding finding(String key, Thresholds set) {
    return Plan.of(fleet.fleet(set), move("backend1", "backend2")).findings().stream()
        .filter(one -> one.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theLimitInForceDecides() {
    Thresholds set =
        new Thresholds(Map.of(Nearness.DATABASE.acceptable(), Duration.ZERO), Map.of());

    Finding finding = finding("plan.distance/backend2/db1/port 5432", set);

    assertThat(finding.failed()).isTrue();
    assertThat(finding.check().title()).startsWith("From its new host the work is within 0 ms");
    assertThat(finding.verdict().because()).endsWith("limit 0 ms");
    assertThat(finding.remedy().orElseThrow().playbook()).contains("<= 0", "takes 0 ms at most");
  }

  @Test
  void itIsGoWhereTheDatabaseLetsItIn() {
    admitting("10.0.0.0", "255.255.255.0");
    Plan plan = plan("backend1", "backend2");

    assertThat(plan.findings()).noneMatch(Outcome::leavesOpen);
    assertThat(plan.outcome()).isEqualTo(Outcome.GO);
    assertThat(because(plan, ACCESS))
        .isEqualTo(
            "backend2 → db1 port 5432, role app, database appdb, from 10.0.0.32: let in by line 99 of pg_hba.conf (scram-sha-256)");
  }

  @Test
  void whereTheDatabaseRefusesItTheRemedyIsTheLine() {
    admitting("10.0.0.31", "255.255.255.255");
    Plan plan = plan("backend1", "backend2");

    assertThat(plan.outcome()).isEqualTo(Outcome.NO_GO);
    assertThat(plan.findings().getFirst().verdict().because())
        .isEqualTo(
            "backend2 → db1 port 5432, role app, database appdb, from 10.0.0.32: refused, as no line of pg_hba.conf admits it; 10.0.0.31 is let in by line 99");
    Remedy remedy = plan.findings().getFirst().remedy().orElseThrow();
    assertThat(remedy.summary())
        .isEqualTo(
            "Add this line at the end of pg_hba.conf on db1, and reload: host appdb app 10.0.0.32/32 scram-sha-256");
    assertThat(remedy.playbook())
        .contains("path: \"/etc/postgresql/pg_hba.conf\"")
        .contains("line: \"host appdb app 10.0.0.32/32 scram-sha-256\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          md5 | | pass | backend2 → db1 port 6432: PgBouncer on port 6432 looks at no addresses (auth_type md5), and the database sees only PgBouncer's
          hba | host appdb app 10.0.0.0/24 md5 | pass | backend2 → db1 port 6432, role app, database appdb, from 10.0.0.32: let in by line 7 of /etc/pgbouncer/rules.conf (md5)
          hba | host appdb app 10.0.0.31/32 md5 | fail | backend2 → db1 port 6432, role app, database appdb, from 10.0.0.32: refused, as no line of /etc/pgbouncer/rules.conf admits it; 10.0.0.31 is let in by line 7
          hba | | unknown | backend2 → db1 port 6432: whether the database would let it in is not known: PgBouncer's rules in /etc/pgbouncer/rules.conf could not be read: let the user that it runs as read the file, and name it by its whole path
          """)
  void aPoolerHasRulesOfItsOwn(String type, @Nullable String rule, String verdict, String because) {
    Finding finding = throughPooler(type, Optional.ofNullable(rule));

    assertThat(finding.verdict().label()).isEqualTo(verdict);
    assertThat(finding.verdict().because()).isEqualTo(because);
  }

  @Test
  void whereThePoolerRefusesItTheRemedyNamesItsFile() {
    Remedy remedy =
        throughPooler("hba", Optional.of("host appdb app 10.0.0.31/32 md5")).remedy().orElseThrow();

    assertThat(remedy.summary())
        .isEqualTo(
            "Add this line at the end of PgBouncer's /etc/pgbouncer/rules.conf on db1, and RELOAD in its console: host appdb app 10.0.0.32/32 md5");
    assertThat(remedy.playbook())
        .contains(
            "path: \"/etc/pgbouncer/rules.conf\"",
            "line: \"host appdb app 10.0.0.32/32 md5\"",
            "name: pgbouncer");
    assertThat(remedy.commands())
        .last()
        .isEqualTo(
            "sudo -u postgres psql -X -p 6432 -U pgbouncer -d pgbouncer -c 'reload'   # on db1, once the line is there");
  }

  /// A pooler beside the server, and a role in two databases.
  @Test
  void eachWayIntoADatabasesHostIsAFindingOfItsOwn() {
    PostgresFixture server = new PostgresFixture().sessions("10.0.0.31", "app", "other", 1);
    admitting(server, "10.0.0.31", "255.255.255.255");
    fleet.host("db1").pgBouncer(new PgBouncerFixture().authType("md5"));
    fleet.connection("backend1", "db1", 6432).rtt(25).roundTrips(10);

    for (Plan plan :
        List.of(
            plan("backend1", "backend2"),
            Plan.accept(fleet.fleet(), move("backend1", "backend2"), Optional.of(fleet.fleet())))) {
      assertThat(plan.findings()).extracting(Finding::key).doesNotHaveDuplicates();
    }
    assertThat(plan("backend1", "backend2").findings())
        .extracting(Finding::key)
        .contains(
            ACCESS,
            "plan.database-access/backend2/db1/port 5432, role app, database other",
            "plan.database-access/backend2/db1/port 6432",
            "plan.distance/backend2/db1/port 5432",
            "plan.distance/backend2/db1/port 6432");
  }

  /// The incident's backend asks a PgBouncer on the database's host.
  private static Finding throughPooler(String type, Optional<String> rule) {
    PgBouncerFixture pooler =
        new PgBouncerFixture().authType(type).client("app", "appdb", "10.0.0.31");
    rule.ifPresent(text -> pooler.rule(7, text));
    FleetFixture pooled = new FleetFixture();
    pooled.host("db1", "10.0.0.21").postgres(new PostgresFixture()).pgBouncer(pooler);
    pooled.host("backend1", "10.0.0.31");
    pooled.host("backend2", "10.0.0.32");
    pooled.connection("backend1", "db1", 6432).rtt(25).roundTrips(360);
    return Plan.of(pooled.fleet(), move("backend1", "backend2")).findings().stream()
        .filter(one -> one.check().id().equals("plan.database-access"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "plan.database-access, backend2, 0, GO, waived",
    "plan.database-access, backend2, -1, NO_GO, fail",
    "plan.database-access, lb1, 0, NO_GO, fail",
    "plan.distance, backend2, 0, NO_GO, fail",
  })
  void aReasonThatSomebodyAnswersForDoesNotForbid(
      String check, String from, int daysLeft, Outcome outcome, String verdict) {
    admitting("10.0.0.31", "255.255.255.255");
    FleetEvidence evidence = fleet.evidence();
    Waiver waiver =
        new Waiver(
            check,
            check,
            new Waiver.Scope(
                Optional.empty(),
                Optional.of(Set.of(new HostName(from))),
                Optional.empty(),
                Optional.empty()),
            "the line is written when it moves",
            "ops@example.org",
            fleet.fleet().day().plusDays(daysLeft),
            new Origin("earshot.yml", 1));
    Policy policy =
        new Policy(DeclaredTopology.NONE, Thresholds.USUAL, List.of(waiver), List.of(), List.of());

    Plan plan = Plan.of(Fleet.of(evidence, policy), move("backend1", "backend2"));

    assertThat(plan.outcome()).isEqualTo(outcome);
    assertThat(plan.findings())
        .filteredOn(finding -> finding.key().equals(ACCESS))
        .singleElement()
        .satisfies(finding -> assertThat(finding.verdict().label()).isEqualTo(verdict));
  }

  @Test
  void aTakenPortForbidsAndTheSameProgramDoesNot() {
    admitting("10.0.0.0", "255.255.255.0");
    fleet.host("web", "10.0.0.35").listens(8536, "nginx");
    fleet.pings("web", "db1", 0.3).pings("web", "lb1", 0.3);
    Plan plan = plan("backend1", "web");

    assertThat(plan.outcome()).isEqualTo(Outcome.NO_GO);
    assertThat(because(plan, "plan.ports/web/port 8536"))
        .isEqualTo("web: port 8536 is taken by nginx; backend1 serves lemmy_server on it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @opened 1.4 1.5 | pass | new → db1 (postgresql, port 5432): open, as new connected to 10.0.0.21
          @closed Connection refused | fail | new → db1 (postgresql, port 5432): new can't connect to 10.0.0.21: Connection refused
          @refused it forwards nothing | unknown | new → db1 (postgresql, port 5432): whether the port is open from there is not known: it forwards nothing; by hand: timeout 3 bash -c '</dev/tcp/10.0.0.21/5432' && echo open   # on new
          """)
  void aPortIsOpenWhereAConnectionWasMade(String told, String verdict, String because) {
    fleet
        .host("new", "10.0.0.36")
        .answers(TunnelRtt.PROBE, "@to 10.0.0.21 5432 db1\n@ssh 1.0\n" + told + "\n");

    Finding finding = reach("new");

    assertThat(finding.verdict().label()).isEqualTo(verdict);
    assertThat(finding.verdict().because()).isEqualTo(because);
    assertThat(Outcome.forbids(finding)).isEqualTo(verdict.equals("fail"));
    assertThat(Outcome.leavesOpen(finding)).isEqualTo(verdict.equals("unknown"));
  }

  @Test
  void whoAnswersPingsIsNotYetOpen() {
    fleet.host("new", "10.0.0.36");
    fleet.pings("new", "db1", 0.3).pings("new", "lb1", 0.3);
    assertThat(reach("new").verdict().because()).contains("its SSH server was not asked");

    fleet.host("new").answers(TunnelRtt.PROBE, "@to 10.0.0.21 5433 db1\n@ssh 1.0\n@opened 1.3\n");
    assertThat(reach("new").verdict().because()).contains("was not asked for this one");

    fleet.host("new").doesNotTell(TunnelRtt.PROBE, "it let nobody in");
    assertThat(reach("new").verdict().because()).contains("not known: it let nobody in");
  }

  @Test
  void theRemedyTriesThePortAgain() {
    fleet
        .host("new", "10.0.0.36")
        .answers(TunnelRtt.PROBE, "@to 10.0.0.21 5432 db1\n@ssh 1.0\n@closed no answer\n");
    Remedy remedy = reach("new").remedy().orElseThrow();

    assertThat(remedy.summary())
        .isEqualTo(
            "Admit new to 10.0.0.21 port 5432 in the firewall or security group before it, and see that the service listens on that address.");
    assertThat(remedy.playbook()).contains("hosts: \"new\"", "host: \"10.0.0.21\"", "port: 5432");
    assertThat(remedy.commands())
        .containsExactly(
            "timeout 3 bash -c '</dev/tcp/10.0.0.21/5432' && echo open   # on new",
            "sudo ss -tlnp sport = :5432; sudo nft list ruleset   # on db1");
  }

  @Test
  void whoIsConnectedGetsThroughAndWhoIsOnTheSameHostNeedNot() {
    assertThat(reach("backend2").verdict().because())
        .isEqualTo("backend2 → db1 (postgresql, port 5432): it holds connections there already");
    assertThat(reach("db1").verdict().because()).endsWith("on the same host after the move");
    assertThat(because(plan("db1", "backend1"), "plan.reach/backend1"))
        .isEqualTo("db1 asks no service on another host");
  }

  /// Only what somebody else vouches for: a server may say that it is anywhere.
  @Test
  void aNewHostIsSentWhereTheOldOneIsConnected() {
    fleet.host("cache", "10.0.0.61").listens(6379, "valkey-server");
    fleet.incoming("backend1", "cache", "192.0.2.66", 6379);
    fleet.connection("backend1", "db1", 22).rtt(25);

    assertThat(Destinations.of(fleet.topology(), move("backend1", "backend2")))
        .containsExactly(
            new Destination(
                new HostName("backend2"), new HostName("db1"), Address.of("10.0.0.21"), 5432),
            new Destination(
                new HostName("lb1"), new HostName("backend2"), Address.of("10.0.0.32"), 8536));
    assertThat(Destinations.of(fleet.topology(), move("backend1", "db1"))).isEmpty();
    assertThat(because(plan("backend1", "backend2"), "plan.reach/backend2/cache:6379"))
        .endsWith("neither the inventory nor a connection of backend1 tells its address");
  }

  private Finding reach(String to) {
    return plan("backend1", to).findings().stream()
        .filter(finding -> finding.key().startsWith("plan.reach/%s/".formatted(to)))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "Debian 12, aarch64, NO_GO, high",
    "Debian 13, x86_64, GO, medium",
  })
  void anotherPlatform(String name, String architecture, Outcome outcome, String severity) {
    admitting("10.0.0.0", "255.255.255.0");
    fleet
        .host("backend2")
        .answers(
            OperatingSystem.PROBE,
            "Linux 6.1.0 %s\nbackend2\nPRETTY_NAME=\"%s\"\n".formatted(architecture, name));
    Plan plan = plan("backend1", "backend2");

    assertThat(plan.outcome()).isEqualTo(outcome);
    assertThat(plan.findings().getFirst().check().id()).isEqualTo("plan.platform");
    assertThat(plan.findings().getFirst().severity().label()).isEqualTo(severity);
  }

  @ParameterizedTest
  @CsvSource({
    // total and available kB of the new host, where the old one uses 1 of 4 GB
    "900000, 800000, NO_GO",
    "2000000, 900000, GO",
  })
  void lessMemory(long total, long available, Outcome outcome) {
    admitting("10.0.0.0", "255.255.255.0");
    fleet
        .host("backend2")
        .answers(
            Memory.PROBE, "MemTotal: %d kB\nMemAvailable: %d kB\n".formatted(total, available));
    Plan plan = plan("backend1", "backend2");

    assertThat(plan.outcome()).isEqualTo(outcome);
    assertThat(plan.findings().getFirst().key()).isEqualTo("plan.resources/backend2/memory");
    assertThat(plan.findings().getFirst().failed()).isTrue();
  }

  /// What the new host says of its containers, and of what is installed; nothing where it has
  /// neither.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          docker | | | NO_GO | backend1 runs 1 container with docker, which is not on backend2
          docker | engine podman | | NO_GO | backend1 runs 1 container with docker, which is not on backend2
          docker | | readiness 12,docker,python3 | NO_GO | backend1 runs 1 container with docker, which is installed but does not run on backend2
          docker | | readiness 12,python3,podman yes | NO_GO | backend1 runs 1 container with docker, which is not on backend2
          docker | engine docker | readiness 12,docker,python3,plugin /p,python /usr/lib/python3/dist-packages/requests-2.28.1.egg-info | GO | backend1 runs 1 container with docker; docker runs on backend2; Compose is a plugin, /p, requests 2.28.1, no Docker SDK, which only swarm and stack modules need, Debian 12 keeps pip away
          docker | engine docker | | GO | backend1 runs 1 container with docker; docker runs on backend2
          podman | | readiness 12,python3,podman yes | GO | backend1 runs 1 container with podman; it is installed on backend2, and needs no daemon
          podman | | readiness 12,python3,podman no | NO_GO | backend1 runs 1 container with podman, which is not on backend2
          podman | | readiness 12,python3 | UNKNOWN | backend1 runs 1 container with podman; this evidence of backend2 does not tell whether it is installed; by hand: podman version
          podman | engine docker | readiness 12,docker,podman no | NO_GO | backend1 runs 1 container with podman, which is not on backend2
          podman | engine podman | | GO | backend1 runs 1 container with podman; podman runs on backend2
          """)
  void containersNeedTheirEngine(
      String engine,
      @Nullable String running,
      @Nullable String installed,
      Outcome outcome,
      String because) {
    admitting("10.0.0.0", "255.255.255.0");
    runs(engine, new ContainerFixture("lemmy", "dessalines/lemmy:0.19.3"));
    if (running != null) {
      fleet.host("backend2").answers(Containers.PROBE, "clock 1795694400\n" + running + "\n");
    }
    if (installed != null) {
      fleet.host("backend2").answers(ContainerReadiness.PROBE, installed.replace(',', '\n') + "\n");
    }
    Plan plan = plan("backend1", "backend2");

    assertThat(because(plan, "plan.containers/backend2/" + engine)).isEqualTo(because);
    assertThat(plan.outcome()).isEqualTo(outcome);
  }

  @Test
  void workOfTwoEnginesHasAFindingForEach() {
    fleet
        .host("backend1")
        .containers(
            new ContainerFixture("lemmy", "dessalines/lemmy:0.19.3"),
            new ContainerFixture("pictrs", "asonix/pictrs:0.4").podman());
    Plan plan = plan("backend1", "backend2");

    assertThat(because(plan, "plan.containers/backend2/docker")).contains("with docker");
    assertThat(because(plan, "plan.containers/backend2/podman")).contains("with podman");
    assertThat(plan.findings()).extracting(Finding::key).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"true, medium", "false, low"})
  void whoStartsItWithComposeNeedsThePlugin(boolean composed, String severity) {
    admitting("10.0.0.0", "255.255.255.0");
    ContainerFixture lemmy = new ContainerFixture("lemmy", "dessalines/lemmy:0.19.3");
    runs("docker", composed ? lemmy.with("project", "\"lemmy\"") : lemmy);
    fleet
        .host("backend2")
        .answers(Containers.PROBE, "clock 1795694400\nengine docker\n")
        .answers(
            ContainerReadiness.PROBE,
            "readiness 12\ndocker\npython3\npython /usr/lib/python3/dist-packages/requests-2.28.1.egg-info\n");

    Finding finding = plan("backend1", "backend2").findings().getFirst();

    assertThat(finding.check().id()).isEqualTo("plan.containers");
    assertThat(finding.severity().label()).isEqualTo(severity);
    assertThat(finding.remedy().orElseThrow().playbook())
        .contains("name: [docker-compose-plugin]", "Suites: bookworm");
  }

  @Test
  void dockersOwnPackagesBringComposeAsAPlugin() {
    runs("docker", new ContainerFixture("lemmy", "dessalines/lemmy:0.19.3"));
    fleet.host("backend2").answers(ContainerReadiness.PROBE, "readiness 12\npython3\npodman no\n");

    assertThat(plan("backend1", "backend2").findings().getFirst().remedy().orElseThrow().playbook())
        .contains("name: [docker-ce, docker-ce-cli, containerd.io, docker-compose-plugin]")
        .doesNotContain("docker.io", "name: docker-compose");
  }

  @Test
  void whatCouldNotBeAskedOfTheEngineIsNotKnown() {
    admitting("10.0.0.0", "255.255.255.0");
    runs("docker", new ContainerFixture("lemmy", "dessalines/lemmy:0.19.3"));
    fleet.host("backend2").doesNotTell(ContainerReadiness.PROBE, "it was cut off");
    assertThat(because(plan("backend1", "backend2"), "plan.containers/backend2/docker"))
        .endsWith("whether backend2 has it is not known: it was cut off");

    fleet.host("backend2").answers(Containers.PROBE, "clock 1795694400\nengine docker\n");
    assertThat(because(plan("backend1", "backend2"), "plan.containers/backend2/docker"))
        .endsWith("what Compose and Ansible find there is not known: it was cut off");
    assertThat(plan("backend1", "backend2").outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  private void runs(String engine, ContainerFixture container) {
    fleet.host("backend1").containers(engine.equals("podman") ? container.podman() : container);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.11, 3600, fail medium lb1/lemmy.example.org",
    "10.0.0.11, 60, fail low lb1/lemmy.example.org",
    "10.0.0.12, 3600, pass lb1/lemmy.example.org",
    "192.0.2.9, 3600, notApplicable lb1/lemmy.example.org"
  })
  void aNameThatLeadsToTheOldHostAndForHowLong(String address, int seconds, String verdict) {
    named(address, seconds);

    assertThat(Verdicts.of(dns(plan("lb1", "lb2")))).containsExactly(verdict);
    assertThat(Verdicts.of(dns(Plan.accept(fleet.fleet(), LB, Optional.empty()))))
        .containsExactly(verdict);
  }

  @Test
  void theRemedySaysHowLongToWait() {
    named("10.0.0.11", 3600);
    Finding finding = dns(plan("lb1", "lb2")).getFirst();

    assertThat(finding.verdict().because())
        .isEqualTo(
            "lemmy.example.org leads to lb1 (10.0.0.11): once that is changed, clients may go there for as long as its time to live, 3600 s, as ns1.example.org says");
    assertThat(finding.remedy().orElseThrow().summary())
        .isEqualTo(
            "Set the time to live of lemmy.example.org to 300 s at least 3600 s before the move; then let the record lead to lb2, and lb1 serve until no more requests come.");
  }

  private static final Move LB = new Move(new HostName("lb1"), new HostName("lb2"));

  private void named(String address, int seconds) {
    fleet
        .host("lb2", "10.0.0.12")
        .answers(
            ServiceName.PROBE,
            "@name lemmy.example.org\n@server ns1.example.org\nlemmy.example.org. %d IN A %s\n"
                .formatted(seconds, address));
  }

  private static List<Finding> dns(Plan plan) {
    return plan.findings().stream()
        .filter(finding -> finding.check().id().equals("plan.dns"))
        .toList();
  }

  @Test
  void aDatabaseIsNoPlaceForABackend() {
    admitting("10.0.0.0", "255.255.255.0");
    Plan plan = plan("backend1", "db1");

    assertThat(because(plan, "plan.other-work/db1")).isEqualTo("db1 is a database already");
    assertThat(because(plan, "plan.distance/db1/db1/port 5432"))
        .contains("0 ms a round trip (the same host)");
  }

  @Test
  void afterTheMoveTheWorkIsWhereItWasPlanned() {
    Plan plan =
        Plan.accept(
            moved(6, true).fleet(), move("backend1", "backend2"), Optional.of(fleet.fleet()));

    assertThat(plan.outcome()).isEqualTo(Outcome.GO);
    assertThat(because(plan, "plan.arrival/backend2/db1/port 5432"))
        .isEqualTo(
            "backend2 → db1 port 5432 (postgresql): connected, as the work was before the move");
    assertThat(because(plan, "plan.arrival/backend1"))
        .isEqualTo("backend1 asks no database any more");
    assertThat(because(plan, "plan.reached-time/lb1/backend2/db1"))
        .isEqualTo(
            "lb1 → backend2 → db1: a request takes 7.0 ms; predicted were 7.8 ms; limit 15 % more");
  }

  @Test
  void withoutAWindowWhoIsConnectedMayStillAsk() {
    FleetFixture now = moved(6, true).withoutWindow();
    now.connection("backend1", "db1", 5432).rtt(25).roundTrips(100);

    Plan plan = Plan.accept(now.fleet(), move("backend1", "backend2"), Optional.of(fleet.fleet()));

    assertThat(because(plan, "plan.arrival/backend1"))
        .startsWith(
            "backend1 is connected to db1, and whether it still asks is not known: a single");
  }

  @Test
  void aMoveThatBringsLessThanPromisedWarns() {
    Plan plan =
        Plan.accept(
            moved(60, true).fleet(), move("backend1", "backend2"), Optional.of(fleet.fleet()));

    assertThat(plan.outcome()).isEqualTo(Outcome.GO);
    assertThat(plan.findings().getFirst().key()).isEqualTo("plan.reached-time/lb1/backend2/db1");
    assertThat(plan.findings().getFirst().failed()).isTrue();
  }

  /// Known parts alone promise nothing.
  @Test
  void moreThanTheLeastThatWasPredictedIsNotKnownToBeMore() {
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().tcp().server("backend1", "10.0.0.31:8536", 2, 2, 0, 1, 0));

    Plan plan =
        Plan.accept(
            moved(60, true).fleet(), move("backend1", "backend2"), Optional.of(fleet.fleet()));

    assertThat(because(plan, "plan.reached-time/lb1/backend2/db1"))
        .contains("predicted were at least ")
        .endsWith("; nothing measured a request as a whole before the move");
    assertThat(plan.findings()).noneMatch(Finding::failed);
  }

  @Test
  void workThatHasNotArrivedIsNoGo() {
    FleetFixture unmoved = moved(6, false);

    assertThat(
            because(
                Plan.accept(
                    unmoved.fleet(), move("backend1", "backend2"), Optional.of(fleet.fleet())),
                "plan.arrival/backend2/db1/port 5432"))
        .endsWith("no connection, and the work had one before the move");
    assertThat(
            Plan.accept(unmoved.fleet(), move("backend1", "backend2"), Optional.empty()).outcome())
        .isEqualTo(Outcome.NO_GO);
  }

  /// The incident once the work is on backend2, or on its way.
  private static FleetFixture moved(int response, boolean arrived) {
    FleetFixture moved = new FleetFixture();
    moved
        .host("lb1", "10.0.0.11")
        .listens(80, "haproxy")
        .haProxy(
            new HaProxyFixture().server("backend2", "10.0.0.32:8536", 100, 118, 0, 1, response));
    moved.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    moved.host("backend1", "10.0.0.31");
    moved.host("backend2", "10.0.0.32").listens(8536, "lemmy_server");
    moved.pings("lb1", "backend2", 0.3).pings("db1", "backend2", 0.3);
    if (arrived) {
      moved.connection("lb1", "backend2", 8536).rtt(0.3).roundTrips(18).quiet(0.1, 0.1);
      moved.connection("backend2", "db1", 5432).rtt(0.3).roundTrips(360);
    }
    return moved;
  }

  private static Move move(String from, String to) {
    return new Move(new HostName(from), new HostName(to));
  }

  /// Its neighbours ask the port that it has within the container.
  @Test
  void theRulesOfADatabaseInAContainerAreFound() {
    admitting(new PostgresFixture(5433).inContainer("web", 5432), "10.0.0.0", "255.255.255.0");

    assertThat(because(plan("backend1", "backend2"), ACCESS))
        .isEqualTo(
            "backend2 → db1 port 5432, role app, database appdb, from 10.0.0.32: let in by line 99 of pg_hba.conf (scram-sha-256)");
  }

  private void admitting(String address, String netmask) {
    admitting(new PostgresFixture(), address, netmask);
  }

  private void admitting(PostgresFixture server, String address, String netmask) {
    fleet
        .host("db1")
        .postgres(
            server
                .set("hba_file", "/etc/postgresql/pg_hba.conf")
                .sessions("10.0.0.31", "app", "appdb", 5)
                .hba(99, "host", "appdb", "app", address, netmask + ",scram-sha-256"));
    fleet
        .host("lb1")
        .answers(TunnelRtt.PROBE, "@to 10.0.0.32 8536 backend2\n@ssh 1.0\n@opened 1.3\n");
  }

  @Test
  void theWayBackIsForbiddenWithTheArithmetic() {
    Plan plan = plan("backend2", "backend1");

    assertThat(plan.outcome()).isEqualTo(Outcome.NO_GO);
    assertThat(because(plan, "plan.distance/backend1/db1/port 5432")).contains("+25 ms");
  }

  @Test
  void anUnreachedTargetIsNeverGo() {
    fleet.host("new", "10.0.0.33").unreachable("no route to host");
    Plan plan = plan("backend1", "new");

    assertThat(plan.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(because(plan, "plan.evidence/new"))
        .isEqualTo("new could not be looked at: no route to host");
  }

  @Test
  void unmeasuredDistancesAreNeverGo() {
    fleet.host("new", "10.0.0.33");
    Plan plan = plan("backend1", "new");

    assertThat(plan.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(because(plan, "plan.distance/new/db1/port 5432"))
        .contains("no round trip was measured")
        .contains("ping -n -c 10 db1");
    assertThat(because(plan, "plan.request-time/lb1/new/db1"))
        .endsWith("no round trip was measured between new and db1");
  }

  @Test
  void workThatWasNotSeenIsNeverGo() {
    fleet.host("spare", "10.0.0.34");
    assertThat(plan("spare", "backend2").outcome()).isEqualTo(Outcome.UNKNOWN);
    fleet.host("backend1").doesNotTell(Socket.PROBE, "ss is not installed");
    assertThat(plan("backend1", "backend2").outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  /// The load balancer's connections tell of its work, and nothing tells whom its containers ask.
  @Test
  void workInContainersThatWereNotLookedIntoIsNeverGo() {
    admitting("10.0.0.0", "255.255.255.0");
    fleet.host("backend1").doesNotTell(ContainerSockets.PROBE, "sudo asks for a password");
    Plan plan = plan("backend1", "backend2");

    assertThat(plan.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(because(plan, "plan.evidence/backend1/backend2"))
        .isEqualTo("backend1: not all that its work talks to is known: sudo asks for a password");
  }

  @Test
  void anUnknownPlatformIsNeverGo() {
    admitting("10.0.0.0", "255.255.255.0");
    fleet.host("backend2").doesNotTell(OperatingSystem.PROBE, "uname is not there");
    Plan plan = plan("backend1", "backend2");

    assertThat(plan.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(because(plan, "plan.platform/backend2"))
        .isEqualTo("what runs on backend1 and backend2 was not told by both");
  }

  @Test
  void theOtherHostsMeasurementStandsIn() {
    fleet.host("new", "10.0.0.35").doesNotTell(Ping.PROBE, "ping is not installed");
    fleet.host("db1").pings("new", "10.0.0.35", 0.4, 10, 10);
    assertThat(because(plan("backend1", "new"), "plan.distance/new/db1/port 5432"))
        .contains("0.40 ms a round trip (ICMP median of 10, asked from db1)");
  }

  @Test
  void aDatabaseMovesAwayFromItsBackends() {
    fleet.host("far", "10.0.0.40");
    fleet.pings("far", "backend1", 30).pings("far", "backend2", 30);
    Plan plan = plan("db1", "far");

    assertThat(plan.outcome()).isEqualTo(Outcome.NO_GO);
    assertThat(because(plan, "plan.distance/backend1/far/port 5432"))
        .contains("30.0 ms a round trip")
        .contains("+4.7 ms on 20 calls");
    assertThat(because(plan, "plan.request-time/lb1/backend1/far")).contains("+94 ms");
  }

  private Plan plan(String from, String to) {
    return Plan.of(fleet.fleet(), move(from, to));
  }

  static String because(Plan plan, String key) {
    Optional<Finding> found =
        plan.findings().stream().filter(finding -> finding.key().equals(key)).findFirst();
    List<String> keys = plan.findings().stream().map(Finding::key).toList();
    assertThat(found).as("%s of %s", key, keys).isPresent();
    return found.orElseThrow().verdict().because();
  }
}

package dev.earshot.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Remedy;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Arrivals;
import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.ContainerReadiness;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.Disk;
import dev.earshot.evidence.Evidence.Collected;
import dev.earshot.evidence.Evidence.Uncollected;
import dev.earshot.evidence.Filesystem;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HaProxyConfiguration;
import dev.earshot.evidence.HaProxyLog;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.LemmyProcess;
import dev.earshot.evidence.Memory;
import dev.earshot.evidence.Metadata;
import dev.earshot.evidence.Nginx;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.Place;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.Pressure;
import dev.earshot.evidence.Probe;
import dev.earshot.evidence.Probes;
import dev.earshot.evidence.Remote;
import dev.earshot.evidence.ServiceName;
import dev.earshot.evidence.TimeSync;
import dev.earshot.fixture.ContainerFixture;
import dev.earshot.fixture.Damage;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HaProxyFixture;
import dev.earshot.fixture.HostFixture;
import dev.earshot.fixture.LemmyFixture;
import dev.earshot.fixture.PgBouncerFixture;
import dev.earshot.fixture.PostgresFixture;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// What every check promises, whoever writes it.
class ChecksTest {

  private static final String EVIL =
      "{{ lookup('pipe','id') }}\n- \"hosts\": all # ' \\ \u2028\u202E";

  static List<Check> checks() {
    return Checks.ALL;
  }

  @Test
  void idsAreUniqueAndSorted() {
    assertThat(Checks.ALL).hasSizeGreaterThanOrEqualTo(8);
    assertThat(Checks.ALL)
        .extracting(check -> check.info().id())
        .doesNotHaveDuplicates()
        .isSorted()
        .allMatch(id -> id.matches("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*"));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void theTitleIsTheGoodState(Check check) {
    CheckInfo info = check.info();

    assertThat(info.title())
        .matches("[A-Z].*[^.!:]")
        .doesNotContain("\n")
        .doesNotMatch(
            "(Check|Ensure|Verify|Validate|Test|Make sure|Detect|Avoid|Do not|Don't)\\b.*");
    assertThat(info.why()).isNotBlank().endsWith(".").doesNotContain("\n");
    assertThat(check.info()).isEqualTo(info);
  }

  @ParameterizedTest
  @MethodSource("checks")
  void everyCheckHasItsCard(Check check) {
    Card card = check.info().card();

    assertThat(card.probes())
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .isSubsetOf(probes().stream().map(Probe::id).toList());
    assertThat(card.thresholds())
        .allSatisfy(threshold -> {
          assertThat(threshold.limit()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
          assertThat(threshold.source()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
        });
    assertThat(card.byHand().lines())
        .as("commands")
        .anyMatch(line -> !line.startsWith("#"))
        .noneMatch(String::isBlank);
    assertThat(card.remedy()).isNotBlank().endsWith(".").doesNotContain("\n");
  }

  /// What a check finds follows from the probes on its card alone.
  @ParameterizedTest
  @MethodSource("checks")
  void theCardNamesEveryProbeThatIsRead(Check check) {
    List<String> named = check.info().card().probes();
    for (FleetFixture fleet : List.of(FleetFixture.incident(), hostile("host"))) {
      FleetRecording whole = fleet.recording();
      FleetRecording rest =
          new FleetRecording(
              whole.takenAt(),
              whole.window(),
              whole.version(),
              whole.depth(),
              whole.hosts().stream().map(host -> only(named, host)).toList(),
              whole.remotes());

      assertThat(check.judge(fleet(rest)))
          .usingRecursiveComparison()
          .isEqualTo(check.judge(fleet(whole)));
    }
  }

  /// Of an audit without a window.
  @ParameterizedTest
  @MethodSource("checks")
  void aSingleSampleIsJudged(Check check) {
    for (FleetFixture fleet : List.of(FleetFixture.incident(), hostile("host"), ailing())) {
      assertThat(check.judge(fleet.withoutWindow().fleet())).isNotEmpty();
    }
  }

  private static HostRecording only(List<String> probes, HostRecording host) {
    return new HostRecording(
        host.host(),
        Optional.empty(),
        Optional.empty(),
        host.begun(),
        host.answers().entrySet().stream()
            .filter(answer -> probes.contains(answer.getKey().probe()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static Fleet fleet(FleetRecording recording) {
    return Fleet.of(FleetEvidence.of(recording, Optional.of(Arrivals.inTurn(3))));
  }

  static Stream<Limit> limits() {
    return Checks.ALL.stream()
        .flatMap(check -> check.info().card().thresholds().stream())
        .flatMap(threshold -> threshold.set().stream());
  }

  /// What `earshot.yml` sets decides: nothing passes the largest limit as it passes the least.
  @ParameterizedTest
  @MethodSource("limits")
  void everyLimitOfACardIsRead(Limit limit) {
    Check check =
        Checks.ALL.stream()
            .filter(one -> one.info().id().equals(limit.check()))
            .findFirst()
            .orElseThrow();

    assertThat(List.of(FleetFixture.incident(), hostile("host"), ailing()))
        .anySatisfy(fleet ->
            assertThat(check.judge(fleet(fleet, limit, true)))
                .isNotEqualTo(check.judge(fleet(fleet, limit, false))));
  }

  /// Not well, and not at its worst.
  private static FleetFixture ailing() {
    PostgresFixture server = new PostgresFixture();
    server.health().row("ages", "lemmy", 1_300_000_000L, 5);
    server.set("archive_mode", "on").health().only("backlog", 40, 1200);
    server.health().row("roles", "app", "f", 90);
    server.health().row("standbys", "db2", "10.0.0.22", "streaming", 0.001, 0.002, 10, 16_000);
    FleetFixture fleet = new FleetFixture();
    fleet.host("db1", "10.0.0.21").postgres(server);
    return fleet;
  }

  private static Fleet fleet(FleetFixture fixture, Limit limit, boolean least) {
    Thresholds set =
        switch (limit) {
          case Limit.Time time ->
              new Thresholds(Map.of(time, least ? Duration.ZERO : Duration.ofDays(9999)), Map.of());
          case Limit.Share share ->
              new Thresholds(Map.of(), Map.of(share, new Percent(least ? 0 : 100)));
        };
    return fixture.fleet(set);
  }

  @ParameterizedTest
  @MethodSource("checks")
  void everyCheckHasItsTest(Check check) {
    assertThatCode(() -> Class.forName(check.getClass().getName() + "Test"))
        .doesNotThrowAnyException();
  }

  static Stream<FleetFixture> silentFleets() {
    return Stream.of(
        fleetOf(host -> host.unreachable("connection refused")),
        fleetOf(host -> probes().forEach(probe -> host.doesNotTell(probe, "denied"))),
        fleetOf(host ->
            probes().forEach(probe -> host.answers(probe, new CommandResult(124, "", false)))),
        fleetOf(host -> probes().forEach(probe -> host.answers(probe, "<html>"))));
  }

  @ParameterizedTest
  @MethodSource("silentFleets")
  void whatTellsNothingIsUnknownAndNothingElse(FleetFixture fleet) {
    for (Check check : Checks.ALL) {
      assertThat(fleet.judge(check))
          .as(check.info().id())
          .isNotEmpty()
          .allSatisfy(finding -> assertThat(finding.verdict()).isInstanceOf(Verdict.Unknown.class));
    }
  }

  @Test
  void whatHasNothingFailsNothing() {
    FleetFixture fleet = fleetOf(host -> probes().forEach(host::lacks));

    for (Check check : Checks.ALL) {
      assertThat(fleet.judge(check)).as(check.info().id()).isNotEmpty().noneMatch(Finding::failed);
    }
  }

  @Test
  void noHostsAreNoTrouble() {
    assertThat(Checks.judge(new FleetFixture().fleet())).noneMatch(Finding::failed);
  }

  @Test
  void keysTellAllFindingsApart() {
    for (FleetFixture fleet : List.of(FleetFixture.incident(), hostile("x"))) {
      assertThat(Checks.judge(fleet.fleet())).extracting(Finding::key).doesNotHaveDuplicates();
    }
  }

  @Test
  void everyFailureSaysHowToMendIt() {
    List<Finding> findings = Checks.judge(hostile("host").fleet());

    assertThat(findings)
        .filteredOn(Finding::failed)
        .allSatisfy(finding -> {
          Remedy remedy = finding.remedy().orElseThrow();
          assertThat(remedy.summary()).isNotBlank().endsWith(".");
          assertThat(remedy.commands()).isNotEmpty();
          assertThat(finding.verdict().because()).contains("host");
        })
        .extracting(finding -> finding.check().id())
        .as("the fleet fails every check")
        .containsAll(Checks.ALL.stream().map(check -> check.info().id()).toList());
    assertThat(findings)
        .filteredOn(finding -> !finding.failed())
        .allMatch(finding -> finding.remedy().isEmpty());
  }

  /// A name is text, to YAML, to Ansible's templates, and to a shell.
  @Test
  void remediesSurviveHostileNames() {
    List<Finding> failures =
        Checks.judge(hostile(EVIL).fleet()).stream().filter(Finding::failed).toList();

    assertThat(failures)
        .extracting(finding -> finding.check().id())
        .contains("postgres.synchronous-commit", "machine.saturation");
    for (Finding finding : failures) {
      Remedy remedy = finding.remedy().orElseThrow();
      if (!remedy.playbook().isEmpty()) {
        assertPlaybook(finding, remedy.playbook());
      }
      assertThat(remedy.commands())
          .as(finding.key())
          .allSatisfy(command -> {
            assertThat(command.lines()).hasSize(1);
            assertThat(command).doesNotContain("\u2028", "\u202E");
          });
    }
  }

  private static void assertPlaybook(Finding finding, String playbook) {
    Node root = new Yaml().compose(new StringReader(playbook));
    assertThat(root).as(playbook).isInstanceOf(SequenceNode.class);
    assertThat(((SequenceNode) root).getValue()).hasSize(1);
    Map<String, Node> play = fields(((SequenceNode) root).getValue().getFirst());
    assertThat(play.keySet())
        .contains("name", "hosts", "tasks")
        .isSubsetOf(
            "name",
            "hosts",
            "tasks",
            "become",
            "become_user",
            "environment",
            "gather_facts",
            "handlers");
    assertThat(((ScalarNode) play.getOrDefault("hosts", root)).getValue())
        .isEqualTo(finding.subject().hosts().getFirst().value());
    scalars(root)
        .filter(scalar -> scalar.getValue().contains("{{"))
        .forEach(scalar ->
            assertThat(scalar.getTag().getValue()).as(scalar.getValue()).isEqualTo("!unsafe"));
  }

  private static Map<String, Node> fields(Node node) {
    return ((MappingNode) node)
        .getValue().stream()
            .collect(
                Collectors.toMap(
                    tuple -> ((ScalarNode) tuple.getKeyNode()).getValue(),
                    tuple -> tuple.getValueNode()));
  }

  private static Stream<ScalarNode> scalars(Node node) {
    return switch (node) {
      case ScalarNode scalar -> Stream.of(scalar);
      case SequenceNode sequence -> sequence.getValue().stream().flatMap(ChecksTest::scalars);
      case MappingNode mapping ->
          mapping.getValue().stream()
              .flatMap(tuple -> Stream.of(tuple.getKeyNode(), tuple.getValueNode()))
              .flatMap(ChecksTest::scalars);
      default -> Stream.empty();
    };
  }

  /// Whatever hosts answer, checks come to an end: recorded answers of a fleet that fails
  /// everything, damaged the same way in every run.
  @Test
  void noAnswerMakesACheckThrow() {
    FleetRecording whole = hostile("host").recording();
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      FleetRecording damaged =
          new FleetRecording(
              Instant.EPOCH,
              Duration.ofSeconds(10),
              "test",
              Depth.DEEP,
              whole.hosts().stream().map(host -> damaged(host, random)).toList(),
              whole.remotes());

      assertThatCode(() -> Checks.judge(fleet(damaged)))
          .as("seed %d", seed)
          .doesNotThrowAnyException();
    }
  }

  private static HostRecording damaged(HostRecording host, Random random) {
    Map<Question, Answer> answers =
        host.answers().entrySet().stream()
            .sorted(Map.Entry.comparingByKey((a, b) -> a.toString().compareTo(b.toString())))
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> damaged(entry.getValue(), random)));
    return new HostRecording(
        host.host(), Optional.empty(), Optional.empty(), host.begun(), answers);
  }

  /// Two of three answers stay whole, so that the damage reaches the checks.
  private static Answer damaged(Answer answer, Random random) {
    return random.nextInt(3) == 0
        ? new Answer(CommandResult.of(Damage.of(answer.result().output(), random)), 0)
        : answer;
  }

  private static FleetFixture fleetOf(Consumer<HostFixture> what) {
    FleetFixture fleet =
        new FleetFixture()
            .remote(
                new Remote(
                    "remote", "us", new Uncollected<>("denied"), new Uncollected<>("denied")));
    for (String name : List.of("lb1", "db1", "backend1")) {
      what.accept(fleet.host(name, "10.0.0." + (20 + fleet.evidence().hosts().size())));
    }
    fleet.host("lb1").groups("lb");
    fleet.host("db1").groups("databases");
    fleet.host("backend1").groups("backends");
    return fleet;
  }

  /// A fleet that fails every check, all names of which are chosen by somebody else.
  private static FleetFixture hostile(String name) {
    List<String> hosts =
        new ArrayList<>(List.of(name + " lb", name + " app", name + " db", name + " standby"));
    FleetFixture fleet = new FleetFixture().arriving(3).at(Instant.parse("2028-01-01T00:00:00Z"));
    Place place =
        new Place(Place.Source.DECLARED, Optional.of(name), Optional.of(name), Optional.empty());
    Remote.Poll poll =
        new Remote.Poll(
            Instant.EPOCH,
            5000,
            Optional.of(Instant.EPOCH),
            Optional.of(new Remote.Sent(5, Optional.of(Instant.EPOCH.minusSeconds(90_000)), 3)),
            Optional.of(new Remote.Others(900, 3)));
    fleet.remote(new Remote(name, name, new Collected<>(poll), new Collected<>(poll)));
    fleet
        .host(hosts.get(0), "10.0.0.11")
        .pings(hosts.get(1), "10.0.0.31", 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 40, 40, 40)
        .pings(hosts.get(2), "10.0.0.21", 0.3, 0.3, 0.3)
        .answers(
            HaProxyConfiguration.PROBE,
            "=== /etc/%s.cfg\nfrontend %s\ndefault_backend app\nbackend app\nserver %s 10.0.0.31:8537\nwhole\n"
                .formatted(name, name, name))
        .answers(
            HaProxyLog.PROBE, "log\nserver app/s 900 0 1 1 1200 2000 9000\nend -- 880\nend SH 20\n")
        .answers(Nginx.PROBE, "nginx\nlog\t/{{ x }}\tcombined\t-\t-\n")
        .haProxy(new HaProxyFixture().ailing().server("s", "10.0.0.31:8536", 0, 18, 0, 1, 532));
    fleet
        .host(hosts.get(1), "10.0.0.31")
        .listens(8536, "app")
        .pings(hosts.get(0), "10.0.0.11", 90, 90, 90, 90, 90)
        .declared(place)
        .busy(0.99, 0.99)
        .answers(Disk.PROBE, "1000.0 1\n8 0 sda 0 0 0 0 0 0 0 0 0 0 0\n")
        .answersAtEnd(Disk.PROBE, "1010.0 1\n8 0 sda 0 0 0 0 100 0 0 9000 0 9000 0\n")
        .answers(
            Filesystem.PROBE,
            "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 1000 990 10 99% /\n/dev/vdb 1000 990 10 99% /var/"
                + name
                + "\n")
        .lemmy("0.19.3-42-g0123abc", "pool 2 read")
        .answers(
            LemmyProcess.PROBE,
            "process\n--federate-process-index=3\n--federate-process-count=2\nprocess\n")
        .answers(
            ContainerReadiness.PROBE,
            "readiness 12\ndocker\nunmanaged " + name.replace('\n', ' ') + "\nbreaking x\n")
        .answers(
            Pressure.PROBE,
            new CommandResult(0, "1000.0 1\n/proc/stat:cpu 1 0 0 1 1 0 0 0\n", false))
        .answersAtEnd(Pressure.PROBE, "1010.0 1\n/proc/stat:cpu 1 0 0 1 900 0 0 0\n")
        .answers(TimeSync.PROBE, "daemon none\nclock 1700004000.5\n")
        .answers(Metadata.PROBE, "service=hetzner\nregion=eu-central\n")
        .answers(
            ServiceName.PROBE, "@name shop.example.org\nshop.example.org. 86400 IN A 10.0.0.31\n");
    fleet
        .host(hosts.get(2), "10.0.0.21")
        .pings(hosts.get(3), "10.0.0.41", 30, 30, 30)
        .declared(place)
        .containers(
            new ContainerFixture(name, name + ":dev")
                .with("project", "\"p\"")
                .with("memory", "0")
                .with("oom-killed", "true")
                .publishes(5432, "0.0.0.0", 5432))
        .answers(Memory.PROBE, "MemTotal: 4000000 kB\nMemAvailable: 3000000 kB\n0\n")
        .lemmyDatabase(new LemmyFixture().renamed().behind(name, 900, 990, 60))
        .answers(Disk.PROBE, "1000.0 1\n253 0 vda 5000 0 80 500 0 0 0 0 0 0 0\n")
        .postgres(
            new PostgresFixture()
                .set(
                    "synchronous_commit",
                    "off",
                    "configuration file",
                    "\"/etc/{{ x }}/" + "a.conf\",7")
                .set("synchronous_standby_names", "FIRST 2 (*)")
                .standby("10.0.0.41", "sync")
                .set("autovacuum", "off", "configuration file", "\"/etc/{{ x }}/" + "a.conf\",8")
                .set("autovacuum_max_workers", "3")
                .set("track_wal_io_timing", "on")
                .walSyncs(100, 9000)
                .set("data_checksums", "off")
                .set("fsync", "off")
                .set("password_encryption", "md5")
                .set("full_page_writes", "off")
                .set("shared_buffers", "16384")
                .pendingRestart("max_connections", "100")
                .override(name, "", "synchronous_commit", "off")
                .override(name, name, "synchronous_commit", "off")
                .override("", name, "synchronous_commit", "off")
                .override("other", "", "synchronous_commit", "on")
                .sessions("10.0.0.31", name, "other", 90)
                .sessions("10.0.0.31", "fine", "other", 5)
                .sessions("10.0.0.31", "lemmy", "lemmy", 1, "Client", "t")
                .set("log_connections", "off")
                .sessions("10.0.0.31", "other", "other", 1)
                .set("statement_timeout", "30000")
                .set("idle_in_transaction_session_timeout", "0")
                .set("client_connection_check_interval", "0")
                .set("shared_preload_libraries", name)
                .set("listen_addresses", "*")
                .set("archive_mode", "on")
                .set("checkpoint_timeout", "86400")
                .set("jit", "on")
                .set("work_mem", "262144")
                .set("server_version", "15.18")
                .set("wal_level", "minimal")
                .set("wal_sync_method", "fsync")
                .set("commit_delay", "100")
                .set("pre_auth_delay", "5")
                .set("enable_nestloop", "off")
                .set("random_page_cost", "4")
                .set("seq_page_cost", "1")
                .set("effective_cache_size", "300000")
                .set("ssl", "off")
                .override(name, "", "log_parser_stats", "on")
                .override(name, "", "zero_damaged_pages", name)
                .set("track_io_timing", "off")
                .counted(18, 18, 90)
                .idleInTransaction(25_000)
                .statements(360, 90, 18)
                .unwell(name));
    PostgresFixture standby =
        new PostgresFixture()
            .set("in_hot_standby", "on")
            .set("work_mem", name)
            .set("shared_buffers", "2097152")
            .set("huge_pages", "off")
            .set("shared_preload_libraries", "auto_explain")
            .set("auto_explain.log_analyze", "on")
            .set("auto_explain.log_timing", "on");
    standby.health().row("counters", name, 0, 0, 0, 900, 0, 1, 1, 1, 0, 0, 0, 86_400);
    fleet.host(hosts.get(3), "10.0.0.41").postgres(standby);
    fleet
        .host(name + " box", "10.0.0.51")
        .listens(6379, "redis-server")
        .listens(8080, "pict-rs")
        .pgBouncer(
            new PgBouncerFixture()
                .clients(95)
                .database(name, 2, true)
                .database("slow", 20, false)
                .pool(name, "session", 2, 3, 3, 4000)
                .pool("slow", "transaction", 3, 0, 0, 0)
                .counted("slow", 100, 5000)
                .configuredBy("/etc/pgbouncer/pgbouncer.ini"))
        .containers(
            new ContainerFixture("db", "postgres:16")
                .with("project", "\"p\"")
                .with("shm-size", "67108864"))
        .answers(
            PostgresSettings.PROBE,
            """
            === 5432 docker db
            @settings
            name,setting,source,sourcefile,sourceline,pending_restart
            server_version_num,160004,default,,,f
            max_parallel_workers_per_gather,2,default,,,f
            """);
    fleet.connection(hosts.get(0), hosts.get(1), 8536).rtt(25).roundTrips(18).quiet(0.1, 0.1);
    fleet.connection(hosts.get(1), hosts.get(2), 5432).rtt(25).roundTrips(360).sentAgain(50);
    fleet.connection(hosts.get(0), hosts.get(3), 5432).unmeasured();
    fleet.connection(hosts.get(1), name + " box", 6379).rtt(25).roundTrips(50);
    fleet.connection(hosts.get(1), name + " box", 8080).rtt(25).roundTrips(50);
    return fleet;
  }

  private static List<Probe<?>> probes() {
    return Probes.ALL;
  }
}

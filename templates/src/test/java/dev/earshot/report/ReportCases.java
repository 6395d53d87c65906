package dev.earshot.report;

import dev.earshot.check.Origin;
import dev.earshot.check.Policy;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Waiver;
import dev.earshot.evidence.Arrivals;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.Listener;
import dev.earshot.evidence.OperatingSystem;
import dev.earshot.evidence.Ping;
import dev.earshot.evidence.Place;
import dev.earshot.evidence.Place.Source;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.Socket;
import dev.earshot.report.Services.Server;
import dev.earshot.topology.DeclaredTopology;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// The audits whose reports are kept as golden files, by name.
public final class ReportCases {

  static final Map<String, Supplier<Audit>> ALL =
      new TreeMap<>(
          Map.of(
              "postmortem",
              ReportCases::postmortem,
              "all-good",
              ReportCases::allGood,
              "no-traffic",
              ReportCases::noTraffic,
              "half-blind",
              ReportCases::halfBlind,
              "hostile",
              ReportCases::hostile,
              "empty-fleet",
              () -> evidence(Optional.empty(), List.of()),
              "nothing-reachable",
              ReportCases::nothingReachable,
              "thirty-hosts",
              ReportCases::thirtyHosts,
              "waived",
              ReportCases::waived));

  /// Made once: they are immutable.
  private static final Map<String, AuditReport> REPORTS = new ConcurrentHashMap<>();

  private static final double NEAR = 0.3;
  private static final double FAR = 25.3;
  private static final int COMPUTING_MS = 4;

  /// An ordinary one, and one whose every word means harm.
  private static final String CONTAINERS =
      """
      clock 1706745600
      engine docker
      name "/lemmy-1"
      image "dessalines/lemmy:0.19.3"
      image-id "sha256:DIGITS"
      created "2024-01-22T10:00:00.5Z"
      state "running"
      started "2024-01-30T10:00:00.5Z"
      exit-code 0
      oom-killed false
      restarts 0
      restart-policy "always"
      memory 734003200
      nano-cpus 1500000000
      port "8536/tcp" [{"HostIp":"127.0.0.1","HostPort":"8536"},{"HostIp":"::1","HostPort":"8536"}]
      network "lemmy_default"
      version "0.19.3"
      project "lemmy"
      service "lemmy"
      file "/srv/lemmy/docker-compose.yml"
      end
      engine podman
      name "/<script>|\\u001b[2J"
      image "](http://evil.example)<img src=x>@sha256:DIGITS"
      image-id "sha256:none"
      state "\\u202e| **x**"
      exit-code 1
      oom-killed false
      restarts 0
      restart-policy "no"
      memory 0
      network "</details>\\n# owned"
      version "{{ 7*7 }}"
      project "```"
      service "x"
      file "x"
      end
      about sha256:DIGITS "2024-01-22T10:00:00Z" ["dessalines/lemmy@sha256:DIGITS"]
      """
          .replace("DIGITS", "0123456789abcdef".repeat(4));

  private ReportCases() {}

  public static Set<String> names() {
    return ALL.keySet();
  }

  public static AuditReport report(String name) {
    return REPORTS.computeIfAbsent(name, ReportCases::assemble);
  }

  private static AuditReport assemble(String name) {
    return audit(name).report();
  }

  /// What somebody answers for, in time; until soon; and for longer than was said.
  private static Policy policy() {
    return new Policy(
        DeclaredTopology.NONE,
        Thresholds.USUAL,
        List.of(
            waiver("colocation.app-database", Optional.of("backend1"), "2024-06-30", 3),
            waiver("latency.serial-ceiling", Optional.empty(), "2024-02-10", 8),
            waiver("postgres.synchronous-commit", Optional.empty(), "2024-01-31", 13)),
        List.of(),
        List.of(
            new Policy.Note(
                "db1: declared database", Optional.empty(), new Origin("earshot.yml", 1))));
  }

  private static Waiver waiver(String check, Optional<String> from, String expires, int line) {
    return new Waiver(
        check + from.map(host -> " from " + host).orElse(""),
        check,
        new Waiver.Scope(
            Optional.empty(),
            from.map(host -> Set.of(new HostName(host))),
            Optional.empty(),
            Optional.empty()),
        "it moves next to <db1> | by the summer",
        "ops@example.org",
        LocalDate.parse(expires),
        new Origin("earshot.yml", line));
  }

  /// A recording whose hosts are declared elsewhere.
  ///
  /// @param said where their variables stand
  public static FleetRecording declared(
      FleetRecording recording,
      Function<InventoryHost, InventoryHost.Line> where,
      Map<InventoryHost.Topic, InventoryHost.Line> said) {
    return new FleetRecording(
        recording.takenAt(),
        recording.window(),
        recording.version(),
        recording.hosts().stream()
            .map(host ->
                new HostRecording(
                    declared(host.host(), where.apply(host.host()), said),
                    host.unreachable(),
                    host.interrupted(),
                    host.begun(),
                    host.answers()))
            .toList());
  }

  private static InventoryHost declared(
      InventoryHost host,
      InventoryHost.Line where,
      Map<InventoryHost.Topic, InventoryHost.Line> said) {
    return new InventoryHost(
        host.name(),
        host.address(),
        host.groups(),
        host.declared(),
        host.lemmyVersion(),
        host.serviceName(),
        host.ownPython(),
        where.file(),
        where.line(),
        said);
  }

  /// The report with other findings, which its numbers do not count.
  public static AuditReport with(AuditReport report, List<AuditReport.FindingRow> findings) {
    return new AuditReport(
        report.schema(),
        report.takenAt(),
        report.windowSeconds(),
        report.earshotVersion(),
        report.profile(),
        report.declared(),
        report.verdict(),
        report.headline(),
        report.summary(),
        report.hosts(),
        report.sites(),
        report.links(),
        report.pings(),
        report.flows(),
        report.containers(),
        report.budgets(),
        findings,
        report.troubles(),
        report.baseline());
  }

  /// One case's report, compared with another case.
  public static AuditReport compared(String name, String baseline) {
    return ReportAssembly.assemble(
        audit(name).fleet(), Optional.of(audit(baseline).fleet()), "0.1.0");
  }

  /// What was recorded, and what was said of it.
  public static Audit audit(String name) {
    Supplier<Audit> audit = ALL.get(name);
    if (audit == null) {
      throw new AssertionError("no case is named " + name);
    }
    return audit.get();
  }

  /// A recording with the rate of arrivals that its admin told, and what else is declared.
  public record Audit(FleetRecording recording, Optional<Arrivals> arrivals, Policy policy) {

    FleetEvidence evidence() {
      return FleetEvidence.of(recording, arrivals);
    }

    dev.earshot.check.Fleet fleet() {
      FleetEvidence evidence = evidence();
      return dev.earshot.check.Fleet.of(evidence, policy);
    }

    public AuditReport report() {
      return ReportAssembly.assemble(fleet(), Optional.empty(), "0.1.0");
    }
  }

  private static Audit evidence(Optional<Arrivals> arrivals, List<HostRecording> hosts) {
    return new Audit(
        new FleetRecording(
            Instant.parse("2024-02-01T10:00:00.123456Z"), Duration.ofSeconds(10), "0.1.0", hosts),
        arrivals,
        Policy.NONE);
  }

  private static RecordedHost host(String name, String address, int line, String group) {
    return new RecordedHost(
        name,
        address,
        line,
        Optional.of(
            new Place(Source.DECLARED, Optional.of("ovh"), Optional.of("gra"), Optional.empty())),
        group);
  }

  /// The fleet of the incident. The work is done by the backend that stands far away.
  private static Audit postmortem() {
    Fleet fleet = new Fleet("off", FAR);
    fleet.work(fleet.far, FAR, 18, 553);
    fleet.idle(fleet.near, NEAR);
    return evidence(Optional.of(Arrivals.inTurn(3)), fleet.recordings());
  }

  /// The incident, where nobody's clock tells what a request takes: the load balancer's is not
  /// read. Not among the other cases: what it adds is a few words.
  public static Audit untimed() {
    Fleet fleet = new Fleet("off", FAR);
    fleet.work(fleet.far, FAR, 18, 553);
    fleet.idle(fleet.near, NEAR);
    fleet.lb1.refuses(HaProxy.PROBE, "HAProxy has no stats socket: add one");
    return evidence(Optional.empty(), fleet.recordings());
  }

  /// The incident, of which some is waived.
  private static Audit waived() {
    Audit incident = postmortem();
    return new Audit(incident.recording(), incident.arrivals(), policy());
  }

  /// The same fleet after the move, with durable commits.
  private static Audit allGood() {
    Fleet fleet = new Fleet("on", NEAR);
    fleet.work(fleet.near, NEAR, 130, 12);
    return evidence(Optional.of(Arrivals.inTurn(3)), fleet.recordings());
  }

  /// Connections are open, and nobody asks anything.
  private static Audit noTraffic() {
    Fleet fleet = new Fleet("on", NEAR);
    fleet.idle(fleet.near, NEAR);
    return evidence(Optional.empty(), fleet.recordings());
  }

  /// One host is down, one has neither `ping` nor `ss`, one does not let us into PostgreSQL.
  private static Audit halfBlind() {
    Fleet fleet = new Fleet("on", NEAR);
    fleet.work(fleet.near, NEAR, 130, 12);
    fleet
        .lb1
        .refuses(Ping.PROBE, "ping is not installed: install the package iputils-ping")
        .refuses(Socket.PROBE, "ss is not installed: install the package iproute2")
        .refuses(Listener.PROBE, "ss is not installed: install the package iproute2");
    String refusal =
        "PostgreSQL did not let us in (sudo: a password is required): allow the login user 'sudo -u"
            + " postgres psql', or create it as a database role with: GRANT pg_monitor";
    fleet
        .db1
        .refuses(PostgresSettings.PROBE, refusal)
        .refuses(PostgresHealth.PROBE, refusal)
        .refuses(PostgresHba.PROBE, refusal)
        .refuses(PostgresActivity.PROBE, refusal);
    return evidence(
        Optional.empty(),
        List.of(
            fleet.lb1.recording(),
            fleet.db1.recording(),
            fleet.far.unreachable("connect to 10.77.0.31 port 22: connection refused"),
            fleet.near.recording()));
  }

  private static Audit nothingReachable() {
    Fleet fleet = new Fleet("on", NEAR);
    return evidence(
        Optional.empty(),
        List.of(
            fleet.lb1.unreachable("no answer from 10.77.0.11 port 22 within 10 s"),
            fleet.db1.unreachable("no answer from 10.77.0.21 port 22 within 10 s"),
            fleet.far.unreachable(
                "the host key of 10.77.0.31 is not known: ED25519 SHA256:Vx1c; accept it with:"
                    + " ssh-keyscan -H 10.77.0.31 >> ~/.ssh/known_hosts")));
  }

  /// Names and answers that would like to be something else.
  private static Audit hostile() {
    RecordedHost script = host("<script>alert(1)</script>", "10.66.0.1", 1, "web");
    RecordedHost link = host("[x](javascript:alert(1))", "10.66.0.2", 2, "backends");
    RecordedHost ticks = host("```\n# owned", "10.66.0.3", 3, "databases");
    RecordedHost escape =
        host("\u001b]0;pwned\u0007\u001b[2J\u202egnp.exe|\u009b31m", "10.66.0.4", 4, "web");
    RecordedHost words =
        host("- *bold* _it_ ~~gone~~ $x$ &lt; {{ 7*7 }} 名前", "10.66.0.5", 5, "web");
    List<RecordedHost> all = List.of(script, link, ticks, escape, words);
    for (RecordedHost from : all) {
      for (RecordedHost to : all) {
        if (!from.equals(to) && !to.name.contains("\n")) {
          from.pings(to, from.equals(link) ? 12 : 0.4);
        }
      }
    }
    Services.postgres(ticks, "off", List.of(link), 0);
    RecordedHost.talk(link, ticks, 5432, 40_001, 12, 40);
    escape.answers(
        OperatingSystem.PROBE,
        "Linux 6.1 x86_64\n"
            + "evil\n"
            + "PRETTY_NAME=\"\u001b[31m<img src=x onerror=alert(1)> | www.evil.example"
            + " https://evil.example\"\n");
    words.refuses(
        Ping.PROBE, "ping: \u001b[5m</details><h1>hi</h1> ``` | [a](b) \u2028 ![i](http://x/y)");
    script.listens(8080, "</td>\u0008");
    link.answers(Containers.PROBE, CONTAINERS);
    List<HostRecording> recordings = new ArrayList<>();
    all.forEach(host -> recordings.add(host.recording()));
    recordings.add(
        host("1. +gone", "10.66.0.6", 6, "web").unreachable("\r\n## no\n\n> [!NOTE]\n> route"));
    return evidence(Optional.empty(), recordings);
  }

  /// Two sites of 18 and 12 hosts; the backends of the second ask the database of the first.
  private static Audit thirtyHosts() {
    List<RecordedHost> hosts = new ArrayList<>();
    for (int number = 1; number <= 30; number++) {
      hosts.add(host("node%02d".formatted(number), "10.88.0." + number, number, "nodes"));
    }
    RecordedHost database = hosts.getFirst();
    Services.postgres(database, "on", hosts.subList(10, 20), 0);
    for (int from = 0; from < 30; from++) {
      for (int to = 0; to < 30; to++) {
        if (from == 29) {
          hosts
              .get(from)
              .refuses(Ping.PROBE, "ping is not installed: install the package iputils-ping");
        } else if (from != to) {
          hosts.get(from).pings(hosts.get(to), from / 18 == to / 18 ? NEAR : 6.2);
        }
      }
    }
    for (int client = 1; client < 27; client++) {
      RecordedHost.talk(
          hosts.get(client), database, 5432, 40_000 + client, client < 18 ? NEAR : 6.2, 0);
    }
    return evidence(Optional.empty(), hosts.stream().map(RecordedHost::recording).toList());
  }

  /// Five sites of a hundred hosts: two load balancers, 96 backends and two databases each. One
  /// backend of eight asks a database of the next site, one host of a hundred does not answer, and
  /// one of fifty has no `ping`. Not among the other cases: it would take longer than all of them.
  static Audit fiveHundredHosts() {
    int each = 100;
    List<RecordedHost> hosts = new ArrayList<>();
    for (int number = 0; number < 500; number++) {
      int within = number % each;
      String group = within < 2 ? "load_balancers" : within < 4 ? "databases" : "backends";
      hosts.add(
          host(
              "node%03d".formatted(number + 1),
              "10.99.%d.%d".formatted(number / each, within + 1),
              number + 1,
              group));
    }
    IntUnaryOperator asked = number -> (number + (number % 8 == 5 ? each : 0)) % 500;
    for (int number = 0; number < 500; number++) {
      int site = number / each * each;
      RecordedHost from = hosts.get(number);
      if (number % 50 == 49) {
        from.refuses(Ping.PROBE, "ping is not installed: install the package iputils-ping");
      } else {
        for (int step = 1; step <= 12; step++) {
          int to = (number + step * step) % 500;
          from.pings(hosts.get(to), to / each * each == site ? NEAR : 6.2);
        }
      }
      if (number % each >= 4 && number % each != 42) {
        int database = asked.applyAsInt(number) / each * each + 2 + number % 2;
        double away = database / each * each == site ? NEAR : 6.2;
        RecordedHost.talk(from, hosts.get(database), 5432, 40_000 + number, away, 20);
      }
    }
    for (int site = 0; site < 500; site += each) {
      Services.postgres(hosts.get(site + 2), "on", List.of(), 0);
      Services.postgres(hosts.get(site + 3), "off", List.of(), 0);
    }
    return evidence(
        Optional.empty(),
        IntStream.range(0, 500)
            .mapToObj(number ->
                number % each == 42
                    ? hosts.get(number).unreachable("no answer within 10 s")
                    : hosts.get(number).recording())
            .toList());
  }

  /// lb1, lb2, db1, a near and a far backend.
  private static final class Fleet {

    final RecordedHost lb1 = host("lb1", "10.77.0.11", 21, "load_balancers");
    final RecordedHost lb2 = host("lb2", "10.77.0.12", 23, "load_balancers");
    final RecordedHost far = host("backend1", "10.77.0.31", 29, "backends");
    final RecordedHost near = host("backend2", "10.77.0.32", 31, "backends");
    final RecordedHost db1 = host("db1", "10.77.0.21", 37, "databases");
    private final List<RecordedHost> all = List.of(lb1, lb2, far, near, db1);
    private final String synchronousCommit;

    /// @param away round trip from the backend that works to everybody else
    Fleet(String synchronousCommit, double away) {
      this.synchronousCommit = synchronousCommit;
      for (RecordedHost from : all) {
        for (RecordedHost to : all) {
          if (!from.equals(to)) {
            from.pings(to, from.equals(far) || to.equals(far) ? away : NEAR);
          }
        }
      }
      far.listens(8536, "lemmy_server");
      near.listens(8536, "lemmy_server");
      Services.postgres(db1, synchronousCommit, List.of(), 0);
      Services.haproxy(lb1, List.of(new Server(far, 0, 0), new Server(near, 0, 0)));
    }

    /// One sender posts to lb1, request by request; each makes 20 calls over one connection.
    ///
    /// @param responseMs as HAProxy measures it
    void work(RecordedHost backend, double rtt, int requests, int responseMs) {
      Services.postgres(db1, synchronousCommit, List.of(backend), requests, rtt * 1.1);
      Services.haproxy(
          lb1,
          List.of(
              new Server(far, backend.equals(far) ? requests : 0, responseMs),
              new Server(near, backend.equals(near) ? requests : 0, responseMs)));
      backend.computes(8536, requests * COMPUTING_MS);
      RecordedHost.talk(lb1, backend, 8536, 50_001, rtt, requests);
      RecordedHost.talk(backend, db1, 5432, 40_001, rtt, requests * 20);
      for (int spare = 2; spare <= 5; spare++) {
        RecordedHost.talk(backend, db1, 5432, 40_000 + spare, rtt, 0);
      }
    }

    /// Holds connections and does nothing with them.
    void idle(RecordedHost backend, double rtt) {
      RecordedHost.talk(backend, db1, 5432, 41_001, rtt, 0);
      RecordedHost.talk(backend, db1, 5432, 41_002, rtt, 0);
    }

    List<HostRecording> recordings() {
      return all.stream().map(RecordedHost::recording).toList();
    }
  }
}

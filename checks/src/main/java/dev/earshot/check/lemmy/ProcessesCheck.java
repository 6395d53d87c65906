package dev.earshot.check.lemmy;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.LemmyDatabase;
import dev.earshot.evidence.LemmyNode;
import dev.earshot.evidence.LemmyProcess;
import dev.earshot.evidence.PostgresSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Lemmy can be split into processes: some answer requests, some send a share of the activities
/// each, one runs the scheduled tasks. Nothing but the admin's care makes that add up.
///
/// Rules: those of the program's own help and of Lemmy's page on horizontal scaling: each index of
/// 1…n once, scheduled tasks on one process. Each process has a pool of its own, and all of them
/// have to fit into the database's connections. What the environment sets isn't seen: where it may
/// be what keeps two processes apart, that is not known.
public final class ProcessesCheck implements Check {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "lemmy.processes",
        "Lemmy's processes share their work without gap or overlap",
        Severity.HIGH,
        """
        Where two processes send the same share, every activity goes out twice; where a share has \
        none, its servers get nothing. Scheduled tasks that run twice get into each other's way, and \
        pools that exceed max_connections are refused when the load comes.\
        """,
        new Card(
            List.of(
                LemmyProcess.PROBE.id(),
                LemmyNode.PROBE.id(),
                PostgresSettings.PROBE.id(),
                "lemmy.database",
                "network.addresses",
                "network.listeners",
                "network.sockets"),
            List.of(
                new Threshold(
                    "each --federate-process-index from 1 to --federate-process-count once, else high; unknown where a process sends without these flags beside another",
                    "Lemmy's help: federation will randomly send duplicates or nothing"),
                new Threshold(
                    "scheduled tasks on one process: medium where all have --disable-scheduled-tasks, unknown where several don't",
                    "Lemmy's page on horizontal scaling"),
                new Threshold(
                    "processes times pool_size at most max_connections less the reserved, else high",
                    "PostgreSQL refuses the connection after the last")),
            "ps -C lemmy_server -o args   # on each host with Lemmy; do not paste it anywhere if it holds a password",
            "Give each process its flags: --disable-http-server, --disable-activity-sending, --disable-scheduled-tasks, --federate-process-index and -count."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    List<Finding> findings = new ArrayList<>();
    List<HostEvidence> running = new ArrayList<>();
    for (HostEvidence host : fleet.hosts()) {
      switch (host.lemmyProcesses()) {
        case Evidence.Collected<List<LemmyProcess>> _ -> running.add(host);
        case Evidence.Uncollected<List<LemmyProcess>>(String reason) ->
            findings.add(
                Finding.of(
                    info(),
                    Subject.host(host.name()),
                    new Verdict.Unknown(
                        "%s: Lemmy's processes: %s".formatted(host.name(), reason))));
        case Evidence.Absent<List<LemmyProcess>>() -> {
          // no Lemmy here
        }
      }
    }
    if (!running.isEmpty()) {
      findings.addAll(judge(fleet, running));
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info(), new Subject.OfFleet(), new Verdict.NotApplicable("no host runs Lemmy")))
        : findings;
  }

  /// A database, and the host that has it.
  private record Served(HostEvidence host, LemmyDatabase database) {

    /// The connections that ordinary roles may use.
    OptionalLong room() {
      return host.postgres().collected().orElse(List.of()).stream()
          .filter(settings -> settings.server().equals(database.server()))
          .filter(settings -> settings.count("max_connections").isPresent())
          .mapToLong(settings ->
              settings.count("max_connections").orElse(0)
                  - settings.count("superuser_reserved_connections").orElse(0)
                  - settings.count("reserved_connections").orElse(0))
          .findFirst();
    }

    boolean isUsedBy(HostEvidence backend, Fleet fleet) {
      return LemmyFleet.asks(fleet, backend, host, database);
    }
  }

  /// By database where there are several; a host that uses none of them is left out then.
  private List<Finding> judge(Fleet fleet, List<HostEvidence> running) {
    List<Served> databases =
        fleet.hosts().stream()
            .flatMap(host ->
                host.lemmyDatabase().latest().collected().orElse(List.of()).stream()
                    .map(database -> new Served(host, database)))
            .toList();
    if (databases.size() <= 1) {
      OptionalLong room = databases.isEmpty() ? OptionalLong.empty() : databases.getFirst().room();
      return List.of(judge(new Subject.OfFleet(), running, room));
    }
    List<Finding> findings = new ArrayList<>();
    for (Served served : databases) {
      List<HostEvidence> users =
          running.stream().filter(backend -> served.isUsedBy(backend, fleet)).toList();
      if (!users.isEmpty()) {
        findings.add(
            judge(LemmyFleet.subject(served.host(), served.database()), users, served.room()));
      }
    }
    return findings;
  }

  private Finding judge(Subject subject, List<HostEvidence> hosts, OptionalLong room) {
    List<LemmyProcess> all = hosts.stream().flatMap(host -> processes(host).stream()).toList();
    List<String> wrong = new ArrayList<>();
    Severity severity = Severity.MEDIUM;
    if (all.stream().noneMatch(LemmyProcess::http)) {
      wrong.add("no process answers requests");
      severity = Severity.HIGH;
    }
    Shares shares = Shares.of(all);
    if (!shares.wrong().isEmpty()) {
      wrong.addAll(shares.wrong());
      severity = Severity.HIGH;
    }
    List<String> open = new ArrayList<>(shares.open());
    long scheduled = all.stream().filter(LemmyProcess::scheduled).count();
    if (scheduled == 0) {
      wrong.add("no process runs the scheduled tasks");
    } else if (scheduled > 1) {
      open.add("%d processes have no flag against scheduled tasks; wanted: 1".formatted(scheduled));
    }
    Optional<Long> pools = pools(hosts);
    if (pools.isPresent() && room.isPresent() && pools.get() > room.getAsLong()) {
      wrong.add(
          "their pools hold %d connections together, the database has %d"
              .formatted(pools.get(), room.getAsLong()));
      severity = Severity.HIGH;
    }
    List<Measurement> measured = new ArrayList<>();
    pools.ifPresent(sum ->
        measured.add(
            room.isPresent()
                ? Measurement.limited("poolConnections", sum, room.getAsLong(), "pool_size")
                : Measurement.of("poolConnections", sum, "pool_size")));
    String told =
        "%s (%s)"
            .formatted(
                String.join(
                    ", ",
                    hosts.stream()
                        .map(host -> "%s: %s".formatted(host.name(), told(processes(host))))
                        .toList()),
                pools
                    .map(sum ->
                        "pools of %d connections together%s"
                            .formatted(
                                sum,
                                room.isPresent() ? " of " + room.getAsLong() + " to be had" : ""))
                    .orElse("pool sizes not known"));
    Measurement[] values = measured.toArray(Measurement[]::new);
    if (wrong.isEmpty()) {
      return Finding.of(
          info(),
          subject,
          open.isEmpty()
              ? new Verdict.Pass(told)
              : new Verdict.Unknown(
                  "%s: %s; LEMMY_… in their environment may part them, which is not read: flags would show it"
                      .formatted(told, String.join("; ", open))),
          values);
    }
    return Finding.of(
            info(),
            subject,
            new Verdict.Fail(severity, told + ": " + String.join("; ", wrong)),
            values)
        .with(remedy(hosts));
  }

  private static String told(List<LemmyProcess> processes) {
    return "%d processes, of which %d answer requests, %d send, %d run scheduled tasks"
        .formatted(
            processes.size(),
            processes.stream().filter(LemmyProcess::http).count(),
            processes.stream().filter(LemmyProcess::sending).count(),
            processes.stream().filter(LemmyProcess::scheduled).count());
  }

  /// Processes times pool size; nothing where some host does not tell the size.
  private static Optional<Long> pools(List<HostEvidence> hosts) {
    long sum = 0;
    for (HostEvidence host : hosts) {
      Optional<Integer> size =
          LemmyFleet.nodes(host).stream()
              .flatMap(node -> node.poolSize().stream())
              .max(Integer::compare);
      if (size.isEmpty()) {
        return Optional.empty();
      }
      sum += (long) size.get() * processes(host).size();
    }
    return Optional.of(sum);
  }

  private static List<LemmyProcess> processes(HostEvidence host) {
    return host.lemmyProcesses().collected().orElse(List.of());
  }

  private static Remedy remedy(List<HostEvidence> hosts) {
    return new Remedy(
        "Give each process its own part by flags. Pools: lower database.pool_size, or raise max_connections.",
        "",
        hosts.stream()
            .limit(3)
            .map(host -> "ps -C lemmy_server -o args   # on " + Quoted.comment(host.name().value()))
            .toList());
  }
}

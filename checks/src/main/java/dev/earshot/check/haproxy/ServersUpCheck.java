package dev.earshot.check.haproxy;

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
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HaProxy.Health;
import dev.earshot.evidence.HaProxy.Server;
import dev.earshot.evidence.HaProxy.State;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Sampled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A load balancer hides that a server is gone, until it is the last one.
///
/// No limits: what each status means is told in HAProxy's management guide (`show stat`, `status`).
public final class ServersUpCheck implements Check {

  /// More are counted, not named.
  private static final int NAMED = 8;

  /// What is not well with one server.
  private record Worry(Server server, Severity severity, String words) {}

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "haproxy.servers-up",
        "All servers behind HAProxy are up, and it checks them",
        Severity.CRITICAL,
        """
        A server that is down leaves its load to the others, and nobody notices until the last one \
        goes; to one that is not checked, HAProxy sends requests whether it answers or not.\
        """,
        new Card(
            List.of(Balancers.PROBE),
            List.of(
                new Threshold(
                    "no server of a backend gets requests: critical",
                    "HAProxy answers 503 then (management guide, status DOWN of a BACKEND)"),
                new Threshold(
                    "a server is DOWN: high", "the next one that fails may end the service"),
                new Threshold(
                    "its last checks failed, or a spare one is DOWN: medium",
                    "requests still reach the first, and the second is of no use when it is needed"),
                new Threshold(
                    "all but spare ones were taken out: medium",
                    "somebody did that, and the next one that fails may end the service"),
                new Threshold(
                    "MAINT, DRAIN, NOLB, or no check: low",
                    "somebody did that, and may have forgotten it"),
                new Threshold(
                    "no address for its name: low",
                    "the same as a slot that `server-template` keeps free")),
            """
            # status, for how many seconds, what the check found
            echo 'show stat' | sudo socat - UNIX-CONNECT:/run/haproxy/admin.sock | cut -d , -f 1,2,18,24,37
            echo 'show servers state' | sudo socat - UNIX-CONNECT:/run/haproxy/admin.sock\
            """,
            "Bring the server back, put it back after maintenance, or let HAProxy check it."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Balancers.judge(info(), fleet, Sampled::latest, this::judge);
  }

  private List<Finding> judge(HostEvidence host, HaProxy proxy) {
    Map<String, List<Server>> backends =
        proxy.servers().stream()
            .collect(
                Collectors.groupingBy(Server::backend, LinkedHashMap::new, Collectors.toList()));
    List<Finding> findings = new ArrayList<>();
    backends.forEach((name, servers) -> findings.add(judge(host, name, servers)));
    return findings;
  }

  private Finding judge(HostEvidence host, String backend, List<Server> servers) {
    List<Worry> worries =
        servers.stream()
            .flatMap(server -> worry(server).stream())
            .sorted(Comparator.comparing(Worry::severity))
            .toList();
    List<Server> serving =
        servers.stream().filter(server -> server.health().state().serves()).toList();
    Measurement measured =
        Measurement.limited("serversUp", serving.size(), servers.size(), "HAProxy");
    String because =
        "%s: backend %s: %d of %d servers get requests"
            .formatted(host.name(), backend, serving.size(), servers.size());
    if (worries.isEmpty()) {
      return Finding.of(
          info(),
          Balancers.subject(host, "backend", backend),
          new Verdict.Pass(because + ", all up"),
          measured);
    }
    boolean spareAlone =
        serving.stream().allMatch(server -> server.health().spare())
            && !servers.stream().allMatch(server -> server.health().spare());
    Severity worst = worries.getFirst().severity();
    Severity severity =
        serving.isEmpty()
            ? Severity.CRITICAL
            : spareAlone && worst == Severity.LOW ? Severity.MEDIUM : worst;
    return Finding.of(
            info(),
            Balancers.subject(host, "backend", backend),
            new Verdict.Fail(
                severity,
                because
                    + (spareAlone && !serving.isEmpty() ? ", spare ones alone: " : ": ")
                    + words(worries)),
            measured)
        .with(remedy(host, worries.getFirst().server()));
  }

  private static String words(List<Worry> worries) {
    String named =
        worries.stream().limit(NAMED).map(Worry::words).collect(Collectors.joining("; "));
    return worries.size() <= NAMED
        ? named
        : "%s; and %d more".formatted(named, worries.size() - NAMED);
  }

  private static Optional<Worry> worry(Server server) {
    Health health = server.health();
    return switch (health.state()) {
      case UP -> Optional.empty();
      case FAILING -> worry(server, Severity.MEDIUM, "checks of %s fail".formatted(server.name()));
      case DRAINING, MAINTENANCE ->
          worry(server, Severity.LOW, "%s was taken out".formatted(server.name()));
      case UNRESOLVED ->
          worry(server, Severity.LOW, "the name of %s has no address".formatted(server.name()));
      case UNCHECKED ->
          Optional.of(
              new Worry(
                  server,
                  Severity.LOW,
                  "%s is not checked, so nobody would notice".formatted(server.name())));
      case DOWN ->
          worry(
              server,
              health.spare() ? Severity.MEDIUM : Severity.HIGH,
              "%s does not work".formatted(server.name()));
    };
  }

  private static Optional<Worry> worry(Server server, Severity severity, String what) {
    Health health = server.health();
    String found = health.lastCheck().isEmpty() ? "" : ", " + health.lastCheck();
    String since = health.lastChange().map(time -> " for " + Balancers.span(time)).orElse("");
    return Optional.of(
        new Worry(server, severity, "%s (%s%s%s)".formatted(what, health.status(), since, found)));
  }

  private static Remedy remedy(HostEvidence host, Server worst) {
    State state = worst.health().state();
    List<String> commands = new ArrayList<>(List.of(Balancers.shows(host, "1,2,18,24,37")));
    String name = Balancers.name(worst);
    if (state == State.MAINTENANCE && name.matches("[A-Za-z0-9_.:/-]+")) {
      commands.add(
          "echo 'set server %s state ready' | sudo socat - UNIX-CONNECT:/run/haproxy/admin.sock   # on %s, when it may work again"
              .formatted(name, Quoted.comment(host.name().value())));
    }
    return new Remedy(
        switch (state) {
          case DOWN, FAILING ->
              "Find out why the server does not answer its check: whether its service runs, and whether a firewall stands between.";
          case UNRESOLVED ->
              "Correct the server's name, or see to it that the resolver that HAProxy asks knows it; a free slot of a `server-template` needs neither.";
          case DRAINING, MAINTENANCE -> "Put the server back as soon as its maintenance is over.";
          case UNCHECKED, UP ->
              "Add `check` to the server's line in HAProxy's configuration, and `option httpchk` to its backend where it speaks HTTP.";
        },
        "",
        commands);
  }
}

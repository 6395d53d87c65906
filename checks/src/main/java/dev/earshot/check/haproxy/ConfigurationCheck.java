package dev.earshot.check.haproxy;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Endpoint;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HaProxyConfiguration;
import dev.earshot.evidence.HaProxyConfiguration.Proxy;
import dev.earshot.evidence.HaProxyConfiguration.ProxyServer;
import dev.earshot.evidence.HostEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What HAProxy works by is what it read when it was started or reloaded, and what its socket was
/// told since; its files may say something else by now, which the next reload puts into force,
/// wanted or not. A server that is no host of the inventory takes requests that no budget counts.
///
/// No limits. HAProxy's management guide: `add server`, `set server` and `del server` are not
/// written to the files.
public final class ConfigurationCheck implements Check {

  /// More are counted, not named.
  private static final int NAMED = 8;

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "haproxy.configuration",
        "HAProxy works by its files, and its servers are hosts of the inventory",
        Severity.MEDIUM,
        """
        A file that was changed and not read waits for the next reload, or the next start after a \
        crash, to change where requests go; what was told to the socket alone is lost then.\
        """,
        new Card(
            List.of(
                HaProxyConfiguration.PROBE.id(),
                Balancers.PROBE,
                "network.addresses",
                "containers.sockets"),
            List.of(
                new Threshold(
                    "a server that only the files or only the running process know, or with different addresses: medium",
                    "HAProxy's management guide: the socket's changes are not written to the files"),
                new Threshold(
                    "a server whose address is no host of the inventory: low",
                    "what it takes is seen at the load balancer alone")),
            """
            # as root, on HAProxy's host: servers by the file, and those that it works by
            grep -E '^[[:space:]]*(frontend|backend|listen|use_backend|default_backend|server)[[:space:]]' /etc/haproxy/haproxy.cfg
            echo 'show servers state' | socat - UNIX-CONNECT:/run/haproxy/admin.sock\
            """,
            "Have HAProxy check its files and reload them, or write into them what its socket was told; put hosts that are missing into the inventory."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    List<Finding> findings = new ArrayList<>();
    for (HostEvidence host : fleet.hosts()) {
      switch (host.haProxyConfiguration()) {
        case Evidence.Collected<HaProxyConfiguration>(HaProxyConfiguration files) ->
            findings.add(judge(fleet, host, files));
        case Evidence.Uncollected<HaProxyConfiguration>(String reason) ->
            findings.add(unknown(host, reason));
        case Evidence.Absent<HaProxyConfiguration>() -> {
          // nothing to judge
        }
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info(),
                new Subject.OfFleet(),
                new Verdict.NotApplicable("no host shows the files of a HAProxy")))
        : findings;
  }

  private Finding unknown(HostEvidence host, String reason) {
    return Finding.of(
        info(),
        Subject.host(host.name()),
        new Verdict.Unknown("%s: %s".formatted(host.name(), reason)));
  }

  private Finding judge(Fleet fleet, HostEvidence host, HaProxyConfiguration files) {
    List<String> strangers = strangers(fleet, host, files);
    Optional<HaProxy> running = host.haProxy().latest().collected();
    List<String> differences = running.map(proxy -> differences(files, proxy)).orElse(List.of());
    if (!differences.isEmpty()) {
      return Finding.of(
              info(),
              Subject.host(host.name()),
              new Verdict.Fail(
                  Severity.MEDIUM,
                  "%s: HAProxy does not work by %s: %s"
                      .formatted(host.name(), some(files.files()), some(differences))))
          .with(remedy(host, files));
    } else if (running.isEmpty()) {
      return unknown(host, "its statistics were not read, so that nothing shows what it works by");
    } else if (!files.untold().isEmpty()) {
      return unknown(
          host,
          "not all is known of %s: it could not be read, is longer than what is read, or holds conditions"
              .formatted(some(files.untold())));
    } else if (!strangers.isEmpty()) {
      return Finding.of(
              info(),
              Subject.host(host.name()),
              new Verdict.Fail(
                  Severity.LOW,
                  "%s: no hosts of the inventory: %s".formatted(host.name(), some(strangers))))
          .with(
              new Remedy(
                  "Put the servers' hosts into the inventory, so that they are looked at, too.",
                  "",
                  List.of(Balancers.shows(host, "1,2,18,74"))));
    }
    return Finding.of(
        info(),
        Subject.host(host.name()),
        new Verdict.Pass(
            "%s: HAProxy works by %s; %s"
                .formatted(
                    host.name(),
                    some(files.files()),
                    ways(files).isEmpty() ? "it leads to no servers" : some(ways(files)))));
  }

  /// Only of what both know: a file of which not all is known says nothing about what it lacks.
  private static List<String> differences(HaProxyConfiguration files, HaProxy running) {
    List<String> differences = new ArrayList<>();
    for (Proxy proxy : files.proxies()) {
      for (ProxyServer server : proxy.servers()) {
        Optional<HaProxy.Server> row =
            running.servers().stream()
                .filter(
                    one -> one.backend().equals(proxy.name()) && one.name().equals(server.name()))
                .findFirst();
        Optional<Endpoint> now = row.flatMap(HaProxy.Server::endpoint);
        Optional<Endpoint> then = server.endpoint();
        if (row.isEmpty() && files.untold().isEmpty()) {
          differences.add("%s/%s is in the files alone".formatted(proxy.name(), server.name()));
        } else if (now.isPresent() && then.isPresent() && !now.equals(then)) {
          differences.add(
              "%s/%s sends to %s, and by the files to %s"
                  .formatted(proxy.name(), server.name(), now.get(), then.get()));
        }
      }
    }
    if (files.untold().isEmpty()) {
      running.servers().stream()
          .filter(row -> files.server(row).isEmpty() && !isOfTemplate(files, row))
          .forEach(row -> differences.add(Balancers.name(row) + " is not in the files"));
    }
    return differences;
  }

  private static boolean isOfTemplate(HaProxyConfiguration files, HaProxy.Server row) {
    return files.proxies().stream()
        .anyMatch(proxy -> proxy.name().equals(row.backend()) && proxy.templates());
  }

  private static List<String> strangers(
      Fleet fleet, HostEvidence host, HaProxyConfiguration files) {
    List<String> strangers = new ArrayList<>();
    for (Proxy proxy : files.proxies()) {
      for (ProxyServer server : proxy.servers()) {
        server
            .endpoint()
            .filter(endpoint ->
                fleet.topology().book().owner(endpoint.address(), host.name()).isEmpty())
            .ifPresent(endpoint ->
                strangers.add(
                    "%s/%s (%s)".formatted(proxy.name(), server.name(), endpoint.address())));
      }
    }
    return strangers;
  }

  /// `http leads to lemmy`, of each that leads to servers.
  private static List<String> ways(HaProxyConfiguration files) {
    return files.proxies().stream()
        .filter(proxy -> proxy.takes() && (!proxy.routes().isEmpty() || !proxy.servers().isEmpty()))
        .map(proxy ->
            proxy.routes().isEmpty()
                ? proxy.name() + " leads to servers of its own"
                : "%s leads to %s"
                    .formatted(
                        proxy.name(),
                        proxy.routes().stream()
                            .map(route ->
                                route.isChosen()
                                    ? "a backend chosen for each request"
                                    : route.backend())
                            .distinct()
                            .collect(Collectors.joining(", "))))
        .toList();
  }

  private static String some(List<String> all) {
    String named = all.stream().limit(NAMED).collect(Collectors.joining("; "));
    return all.size() <= NAMED ? named : "%s; and %d more".formatted(named, all.size() - NAMED);
  }

  private static Remedy remedy(HostEvidence host, HaProxyConfiguration files) {
    String there = Quoted.comment(host.name().value());
    String arguments =
        files.files().stream()
            .filter(file -> file.matches("[A-Za-z0-9._/-]+"))
            .map(file -> " -f " + file)
            .collect(Collectors.joining());
    return new Remedy(
        "Have HAProxy check its files and read them, if they are what is wanted; else write into them what it works by.",
        "",
        List.of(
            "echo 'show servers state' | sudo socat - UNIX-CONNECT:/run/haproxy/admin.sock   # on %s: what it works by"
                .formatted(there),
            "sudo haproxy -c%s && sudo systemctl reload haproxy   # on %s"
                .formatted(arguments, there)));
  }
}

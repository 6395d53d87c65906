package dev.earshot.check.haproxy;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Endpoint;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HaProxy.Server;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.Sampled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Opening a connection takes one round trip. What it takes beyond that is loss, or a server that
/// is slow to accept. A load balancer may be far from its servers, which belong next to their
/// database: a round trip by itself is no fault of the servers' place.
///
/// Limits: HAProxy's manual (timing events, `Tc`) expects about 1 ms in a local network and less
/// than a few tens of milliseconds elsewhere. A lost SYN is sent again after 1 s, then after 2 s
/// and 4 s more (RFC 6298), so that the connection is there after 1, 3 or 7 s.
public final class ConnectTimeCheck implements Check {

  private static final String ID = "haproxy.connect-time";

  private static final Limit.Time LOCAL = new Limit.Time(ID, "local", Duration.ofMillis(2));
  private static final Limit.Time REMOTE = new Limit.Time(ID, "remote", Duration.ofMillis(30));

  /// What a network may add to the time after which a SYN was sent again.
  private static final Duration AFTER_SYN = Duration.ofMillis(250);

  /// From this share of requests on that found a connection open, and count as 0 ms, the mean says
  /// little of those that did not.
  private static final Percent MOSTLY_REUSED = new Percent(50);

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "HAProxy's servers accept connections within a round trip",
        Severity.HIGH,
        """
        To open a connection takes one round trip. More means that the server is slow to accept, or \
        somewhere else than it seems; whole seconds mean that the first packet was lost, or that the \
        server had no room to accept.\
        """,
        new Card(
            List.of(
                Balancers.PROBE,
                "network.addresses",
                "network.listeners",
                "network.sockets",
                "network.pings",
                "network.tunnels"),
            List.of(
                new Threshold(
                    "a mean of more than %s to connect, the round trip taken off where it was measured: medium"
                        .formatted(LOCAL.told()),
                    "HAProxy's manual, Tc: about 1 ms in a local network; twice that, since it counts whole milliseconds",
                    LOCAL),
                new Threshold(
                    "more than %s: high; low where one round trip explains it, or three, as TLS takes"
                        .formatted(REMOTE.told()),
                    "HAProxy's manual, Tc: less than a few tens of milliseconds in remote networks",
                    REMOTE),
                new Threshold(
                    "the slowest took 1, 3 or 7 s: low",
                    "a lost SYN is sent again after 1, 2 and 4 s (RFC 6298)"),
                new Threshold(
                    "at least %s of the requests found a connection open: not judged by a small mean"
                        .formatted(MOSTLY_REUSED),
                    "they count as 0 ms")),
            """
            # ctime: mean of the last 1024, in ms
            echo 'show stat' | sudo socat - UNIX-CONNECT:/run/haproxy/admin.sock | cut -d , -f 1,2,60
            # the same as percentiles, from its log
            sudo halog -pct </var/log/haproxy.log\
            """,
            "Compare with a ping. Where a round trip takes as long, keep connections to the server open (`http-reuse safe`, `option http-keep-alive`), or put a load balancer next to the servers; the servers stay next to their database. Where it does not, look for loss on the way and for a full accept queue (`ss -lnt`, `net.core.somaxconn`)."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Balancers.judge(
        info(), fleet, Sampled::latest, (host, proxy) -> judge(fleet, host, proxy));
  }

  private List<Finding> judge(Fleet fleet, HostEvidence host, HaProxy proxy) {
    Thresholds limits = fleet.policy().thresholds();
    List<Finding> findings = new ArrayList<>();
    List<String> quick = new ArrayList<>();
    for (Server server : proxy.servers()) {
      if (server.streams() > 0 && server.health().state().serves()) {
        Optional<Duration> rtt = roundTrip(fleet, host, server);
        Optional<Finding> worry = judge(limits, host, server, rtt);
        worry.ifPresentOrElse(
            findings::add,
            () ->
                quick.add(
                    "%s %s%s"
                        .formatted(
                            Balancers.name(server),
                            Balancers.millis(server.connect()),
                            explained(limits, server, rtt))));
      }
    }
    if (!quick.isEmpty()) {
      findings.addFirst(
          Finding.of(
              info(),
              Subject.host(host.name()),
              new Verdict.Pass(
                  "%s: mean time to connect: %s; limit %s"
                      .formatted(
                          host.name(),
                          String.join(", ", quick),
                          Millis.format(limits.of(LOCAL))))));
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info(),
                Subject.host(host.name()),
                new Verdict.NotApplicable(
                    "%s: none of its servers was sent a request".formatted(host.name()))))
        : findings;
  }

  /// Nothing where it is well.
  private Optional<Finding> judge(
      Thresholds limits, HostEvidence host, Server server, Optional<Duration> roundTrip) {
    Duration local = limits.of(LOCAL);
    String because =
        "%s: mean time to connect to %s is %s over its last requests, limit %s%s%s"
            .formatted(
                host.name(),
                Balancers.name(server),
                Balancers.millis(server.connect()),
                Millis.format(local),
                slowest(server),
                roundTrip
                    .map(rtt ->
                        "; a round trip there takes %s%s"
                            .formatted(
                                Millis.format(rtt),
                                isAsWithTls(limits, server, roundTrip)
                                    ? ", and TLS takes up to three to connect"
                                    : ""))
                    .orElse(""));
    Measurement measured =
        Measurement.limited(
            "connectMeanMs", Millis.of(server.connect()), Millis.of(local), "HAProxy");
    Optional<Severity> severity = severity(limits, server, roundTrip);
    if (severity.isPresent()) {
      return Optional.of(
          Finding.of(
                  info(),
                  Balancers.subject(host, server),
                  new Verdict.Fail(severity.get(), because),
                  measured)
              .with(
                  remedy(
                      host,
                      server,
                      beyond(server, roundTrip).compareTo(local) <= 0
                          || isAsWithTls(limits, server, roundTrip))));
    }
    Percent reused = reused(server);
    return reused.compareTo(MOSTLY_REUSED) >= 0
            && server.times().slowestConnect().compareTo(local) > 0
        ? Optional.of(
            Finding.of(
                info(),
                Balancers.subject(host, server),
                new Verdict.Unknown(
                    "%s; %s of them found a connection open, which counts as 0 ms"
                        .formatted(because, reused)),
                measured))
        : Optional.empty();
  }

  private static Optional<Severity> severity(
      Thresholds limits, Server server, Optional<Duration> roundTrip) {
    Duration beyond = beyond(server, roundTrip);
    if (isAsWithTls(limits, server, roundTrip)) {
      return Optional.of(Severity.LOW);
    } else if (beyond.compareTo(limits.of(REMOTE)) > 0) {
      return Optional.of(Severity.HIGH);
    } else if (beyond.compareTo(limits.of(LOCAL)) > 0) {
      return Optional.of(Severity.MEDIUM);
    }
    return server.connect().compareTo(limits.of(REMOTE)) > 0
            || isAfterLostSyn(server.times().slowestConnect())
        ? Optional.of(Severity.LOW)
        : Optional.empty();
  }

  /// TLS takes one round trip more (1.3) or two (1.2), and the time to compute.
  private static boolean isAsWithTls(
      Thresholds limits, Server server, Optional<Duration> roundTrip) {
    Duration local = limits.of(LOCAL);
    return beyond(server, roundTrip).compareTo(local) > 0
        && roundTrip
            .filter(rtt -> server.connect().compareTo(rtt.multipliedBy(3).plus(local)) <= 0)
            .isPresent();
  }

  /// What the distance does not explain: all of it where that is not known.
  private static Duration beyond(Server server, Optional<Duration> roundTrip) {
    return server.connect().minus(roundTrip.orElse(Duration.ZERO));
  }

  private static String explained(Thresholds limits, Server server, Optional<Duration> roundTrip) {
    return roundTrip
        .filter(_ -> server.connect().compareTo(limits.of(LOCAL)) > 0)
        .map(rtt -> " (a round trip there takes %s)".formatted(Millis.format(rtt)))
        .orElse("");
  }

  private static boolean isAfterLostSyn(Duration time) {
    return LongStream.of(1, 3, 7)
        .mapToObj(Duration::ofSeconds)
        .anyMatch(
            again -> time.compareTo(again) >= 0 && time.compareTo(again.plus(AFTER_SYN)) <= 0);
  }

  private static Percent reused(Server server) {
    long all = server.opened() + server.reused();
    return Percent.ofRatio((double) server.reused() / Math.max(1, all));
  }

  private static String slowest(Server server) {
    Duration slowest = server.times().slowestConnect();
    if (!slowest.isPositive()) {
      return "";
    }
    return "; the slowest since its start took %s%s"
        .formatted(
            Millis.format(slowest),
            isAfterLostSyn(slowest) ? ", as after a SYN that was lost or not accepted" : "");
  }

  private static Optional<Duration> roundTrip(Fleet fleet, HostEvidence host, Server server) {
    return fleet
        .topology()
        .behind(server, host.name())
        .map(HostEvidence::name)
        .filter(other -> !other.equals(host.name()))
        .flatMap(other -> fleet.topology().rtts().typical(host.name(), other));
  }

  private static Remedy remedy(HostEvidence host, Server server, boolean far) {
    List<String> commands = new ArrayList<>(List.of(Balancers.shows(host, "1,2,60")));
    server
        .endpoint()
        .map(Endpoint::address)
        .ifPresent(address ->
            commands.add(
                "ping -c 10 %s   # on %s"
                    .formatted(
                        Quoted.shell(address.toString()), Quoted.comment(host.name().value()))));
    return new Remedy(
        far
            ? "Keep connections to the server open, so that few requests wait for a new one (`http-reuse safe`, `option http-keep-alive`), and look for loss where single ones take seconds. The server belongs next to its database, not to its load balancer."
            : "Where a ping takes as long, the server is far away: see whether it is where it should be, next to its database, and keep connections to it open. Where it does not, look for loss, and for a full accept queue on the server (`ss -lnt`).",
        "",
        commands);
  }
}

package dev.earshot.check.colocation;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.DatabaseDistance;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Rate;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A cache saves time only where asking it is faster than doing the work again: each look-up waits
/// a whole round trip, and a request makes many, one after the other.
///
/// Limits: those of [AppDatabaseCheck], since the same request waits for both in the same way.
public final class AppCacheCheck implements Check {

  private static final String ID = "colocation.app-cache";

  private static final Limit.Time ACCEPTABLE =
      new Limit.Time(ID, "acceptable", DatabaseDistance.ACCEPTABLE.usual());
  private static final Limit.Time UNBEARABLE =
      new Limit.Time(ID, "unbearable", DatabaseDistance.UNBEARABLE.usual(), ACCEPTABLE);

  @Override
  public CheckInfo info() {
    return info(ACCEPTABLE.usual());
  }

  /// @param limit in force
  private static CheckInfo info(Duration limit) {
    return new CheckInfo(
        ID,
        "Every backend is within %s of its cache".formatted(Limit.Time.told(limit)),
        Severity.CRITICAL,
        """
        Every look-up in Redis, Valkey or memcached waits a whole round trip. A cache in another \
        datacenter is slower than the database next door that it was to spare.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of(
            "network.addresses",
            "network.listeners",
            "network.sockets",
            "containers.sockets",
            "network.pings",
            "network.tunnels"),
        List.of(
            new Card.Threshold(
                "above %s: high".formatted(Millis.format(ACCEPTABLE.usual())),
                "the limit of the way to a database: a request waits for both alike",
                ACCEPTABLE),
            new Card.Threshold(
                "above %s: critical".formatted(Millis.format(UNBEARABLE.usual())),
                "twenty look-ups of a request then take longer than the 200 ms that people notice",
                UNBEARABLE)),
        """
        # on the backend: the kernel's own round trips (rtt, minrtt in ms) to Redis; memcached: 11211
        ss -tin dst :6379
        # and ten echo requests; the number between the slashes after min is the mean
        ping -c 10 CACHE_HOST\
        """,
        "Run a cache beside the backends, on the same host or in the same datacenter; what is in it can be made again, so that nothing has to be moved.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    CheckInfo info = info(fleet.policy().thresholds().of(ACCEPTABLE));
    List<Finding> findings = new ArrayList<>();
    List<Flow> flows = fleet.topology().cacheFlows();
    Edge.farthest(fleet.topology(), flows)
        .forEach((pair, flow) -> findings.add(judge(info, fleet, pair, flow)));
    Set<HostName> asking = flows.stream().map(Flow::from).collect(Collectors.toSet());
    for (HostEvidence host : fleet.hosts()) {
      if (!asking.contains(host.name())) {
        host.untoldConnections()
            .map(reason ->
                new Verdict.Unknown(
                    "%s: whether it asks a cache is not known: %s".formatted(host.name(), reason)))
            .map(verdict -> Finding.of(info, Subject.host(host.name()), verdict))
            .ifPresent(findings::add);
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info,
                new Subject.OfFleet(),
                new Verdict.NotApplicable(
                    "no host holds a connection to Redis, Valkey or memcached")))
        : findings;
  }

  private static Finding judge(CheckInfo info, Fleet fleet, Subject subject, Flow flow) {
    Edge edge = new Edge(fleet.topology(), flow);
    Optional<Duration> rtt = edge.rtt();
    if (rtt.isEmpty()) {
      return Finding.of(info, subject, new Verdict.Unknown(edge.untold()));
    }
    Duration limit = fleet.policy().thresholds().of(ACCEPTABLE);
    String because =
        "%s → %s: each call to %s waits %s (%s); limit %s%s"
            .formatted(
                flow.from(),
                flow.to(),
                flow.service(),
                Millis.format(rtt.get()),
                edge.method(),
                Millis.format(limit),
                cost(fleet, flow, rtt.get()));
    Measurement measured =
        Measurement.limited("rttMedianMs", Millis.of(rtt.get()), Millis.of(limit), edge.by());
    if (rtt.get().compareTo(limit) <= 0) {
      return Finding.of(info, subject, new Verdict.Pass(because), measured);
    }
    Severity severity =
        rtt.get().compareTo(fleet.policy().thresholds().of(UNBEARABLE)) > 0
            ? Severity.CRITICAL
            : Severity.HIGH;
    return Finding.of(info, subject, new Verdict.Fail(severity, because), measured)
        .with(
            new Remedy(
                "Run a cache in the datacenter of %s and let it ask that one; what is in a cache can be made again."
                    .formatted(flow.from()),
                edge.playbook("Backends", "cache", limit),
                edge.commands()));
  }

  /// What the calls of the window waited, for each request where these were counted.
  private static String cost(Fleet fleet, Flow flow, Duration rtt) {
    Optional<Double> calls = flow.roundTripRate().map(Rate::perSecond).filter(rate -> rate > 0);
    if (calls.isEmpty()) {
      return "";
    }
    return fleet
        .topology()
        .fleet()
        .host(flow.from())
        .flatMap(fleet.topology()::inbound)
        .map(Traffic::roundTripRate)
        .map(Rate::perSecond)
        .filter(requests -> requests > 0)
        .map(requests -> calls.get() / requests)
        .map(perRequest ->
            "; %.1f calls a request wait %s"
                .formatted(perRequest, Millis.format(Millis.duration(Millis.of(rtt) * perRequest))))
        .orElseGet(() ->
            "; %.1f calls a second wait %s of each second in all"
                .formatted(
                    calls.get(), Millis.format(Millis.duration(Millis.of(rtt) * calls.get()))));
  }
}

package dev.earshot.check.colocation;

import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
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
import java.util.function.Function;
import java.util.stream.Collectors;

/// How far backends are from a service that their requests wait for.
///
/// @param info with the limit in force
/// @param asked what they ask: `a cache`
/// @param nobody the sentence where nobody asks one
/// @param remedy for a way that is too long
record CallDistance(
    CheckInfo info,
    Duration acceptable,
    Duration unbearable,
    String asked,
    String nobody,
    Function<Edge, Remedy> remedy) {

  /// A finding for each pair of hosts that the flows join, and for each host of whose connections
  /// not all are known; or the one that there are none.
  List<Finding> judge(Fleet fleet, List<Flow> flows) {
    List<Finding> findings = new ArrayList<>();
    Edge.farthest(fleet.topology(), flows)
        .forEach((pair, flow) -> findings.add(judge(fleet, pair, flow)));
    Set<HostName> asking = flows.stream().map(Flow::from).collect(Collectors.toSet());
    for (HostEvidence host : fleet.hosts()) {
      if (!asking.contains(host.name())) {
        host.untoldConnections()
            .map(reason ->
                new Verdict.Unknown(
                    "%s: whether it asks %s is not known: %s"
                        .formatted(host.name(), asked, reason)))
            .map(verdict -> Finding.of(info, Subject.host(host.name()), verdict))
            .ifPresent(findings::add);
      }
    }
    return findings.isEmpty()
        ? List.of(Finding.of(info, new Subject.OfFleet(), new Verdict.NotApplicable(nobody)))
        : findings;
  }

  private Finding judge(Fleet fleet, Subject subject, Flow flow) {
    Edge edge = new Edge(fleet.topology(), flow);
    Optional<Duration> rtt = edge.rtt();
    if (rtt.isEmpty()) {
      return Finding.of(info, subject, new Verdict.Unknown(edge.untold()));
    }
    String because =
        "%s → %s: each call to %s waits %s (%s); limit %s%s"
            .formatted(
                flow.from(),
                flow.to(),
                flow.service(),
                Millis.format(rtt.get()),
                edge.method(),
                Millis.format(acceptable),
                cost(fleet, flow, rtt.get()));
    Measurement measured =
        Measurement.limited("rttMedianMs", Millis.of(rtt.get()), Millis.of(acceptable), edge.by());
    if (rtt.get().compareTo(acceptable) <= 0) {
      return Finding.of(info, subject, new Verdict.Pass(because), measured);
    }
    Severity severity = rtt.get().compareTo(unbearable) > 0 ? Severity.CRITICAL : Severity.HIGH;
    return Finding.of(info, subject, new Verdict.Fail(severity, because), measured)
        .with(remedy.apply(edge));
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

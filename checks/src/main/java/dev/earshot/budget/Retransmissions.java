package dev.earshot.budget;

import dev.earshot.evidence.Rate;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import dev.earshot.topology.Traffic;
import java.time.Duration;
import java.util.Optional;

/// What segments that got lost on a path cost its requests.
record Retransmissions(Topology topology, RequestPath path) {

  /// `TCP_RTO_MIN` of Linux: the kernel waits no less before it sends again what nobody
  /// acknowledged. Within a site the round trip itself is much shorter.
  static final Duration SHORTEST_WAIT = Duration.ofMillis(200);

  /// @param served requests that the database's connections served
  /// @param taken requests that came from the load balancer
  Optional<Duration> perRequest(Rate served, Rate taken) {
    Optional<Duration> database = path.database().traffic().map(traffic -> waits(traffic, served));
    Duration balancer =
        path.loadBalancer().stream()
            .flatMap(host -> topology.flowsFrom(host).stream())
            .filter(flow -> flow.isWeb() && flow.to().equals(path.backend()))
            .flatMap(flow -> flow.traffic().stream())
            .map(traffic -> waits(traffic, taken))
            .reduce(Duration.ZERO, Duration::plus);
    return database.map(balancer::plus);
  }

  /// What segments sent again cost each of so many requests.
  static Duration waits(Traffic traffic, Rate requests) {
    double perSecond = Rate.of(traffic.retransmitted(), traffic.window()).perSecond();
    return requests.perSecond() > 0
        ? RequestCost.times(SHORTEST_WAIT, perSecond / requests.perSecond())
        : Duration.ZERO;
  }
}

package dev.earshot.budget;

import dev.earshot.budget.RequestCost.Whole;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Nginx;
import dev.earshot.evidence.Nginx.Times;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What requests take behind an nginx that is the load balancer, where its log says so.
final class NginxLog {

  /// Fewer requests than this say too little about a mean.
  private static final int FEWEST_REQUESTS = 20;

  private NginxLog() {}

  /// Its log does not tell one server behind it from another, so that only where a single one is
  /// there the time is that one's.
  static Optional<Whole> time(Topology topology, HostName balancer, HostName backend) {
    return servers(topology, balancer).equals(List.of(backend))
        ? topology
            .fleet()
            .host(balancer)
            .filter(host -> host.haProxy().latest().collected().isEmpty())
            .flatMap(NginxLog::time)
        : Optional.empty();
  }

  /// One for each of their ports.
  private static List<HostName> servers(Topology topology, HostName balancer) {
    return topology.flowsFrom(balancer).stream()
        .filter(Flow::isWeb)
        .map(flow -> Map.entry(flow.to(), flow.port()))
        .distinct()
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Optional<Whole> time(HostEvidence host) {
    return host.nginx().collected().map(Nginx::logs).orElse(List.of()).stream()
        .flatMap(log -> log.upstream().stream())
        .filter(times -> times.count() >= FEWEST_REQUESTS)
        .max(Comparator.comparingInt(Times::count))
        .flatMap(times ->
            times
                .mean()
                .map(mean ->
                    new Whole(
                        mean,
                        "nginx's log (the mean of its last %d requests)"
                            .formatted(times.count()))));
  }
}

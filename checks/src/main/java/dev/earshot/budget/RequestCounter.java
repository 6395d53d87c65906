package dev.earshot.budget;

import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Sampled.Change;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import dev.earshot.topology.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Counts the requests that reach a backend.
final class RequestCounter {

  private final Topology topology;

  RequestCounter(Topology topology) {
    this.topology = topology;
  }

  /// Requests that one load balancer sent to a backend, by its own counters.
  ///
  /// A window that holds few requests cuts one at each end, an error of one in the number counted.
  /// The kernel knows when the last request left before each sample, so the rate is taken over the
  /// span between those two moments, which holds whole requests only. Nothing where the balancer
  /// passes connections on without looking into them (TCP mode).
  Optional<Count> byHaProxy(HostName balancer, HostName backend) {
    return change(balancer)
        .flatMap(change ->
            requests(change.before(), balancer, backend)
                .flatMap(before ->
                    requests(change.after(), balancer, backend)
                        .map(after -> count(balancer, backend, after - before, change.window()))))
        .filter(count -> count.rate().perSecond() >= 0);
  }

  /// Requests that reached a backend's own ports, whoever sent them: answers are one segment or
  /// more each, so this is an upper bound that is exact for small answers.
  Optional<Count> byKernel(HostName backend) {
    return topology
        .fleet()
        .host(backend)
        .flatMap(topology::inbound)
        .map(traffic -> Count.whole(traffic.roundTrips(), traffic.span(), "kernel"));
  }

  /// The load balancer's rows for a backend, as they stood at the end of the window.
  List<HaProxy.Server> rows(HostName balancer, HostName backend) {
    return topology.fleet().host(balancer).stream()
        .flatMap(host -> host.haProxy().latest().collected().stream())
        .flatMap(proxy -> rows(proxy, balancer, backend).stream())
        .toList();
  }

  private Count count(HostName balancer, HostName backend, long counted, Duration window) {
    return traffic(balancer, backend)
        .filter(traffic -> counted > 0 && agrees(traffic, counted))
        .map(
            traffic -> Count.whole(segmentsAsRequests(traffic, counted), traffic.span(), "haproxy"))
        .orElseGet(() -> Count.cut(counted, window, "haproxy"));
  }

  private Optional<Traffic> traffic(HostName balancer, HostName backend) {
    return topology.flowsFrom(balancer).stream()
        .filter(flow -> flow.isWeb() && flow.to().equals(backend))
        .findFirst()
        .flatMap(Flow::traffic);
  }

  /// Whether the kernel's segments can be these requests: a fixed number of segments each, give or
  /// take the one request between reading the two counters.
  private static boolean agrees(Traffic traffic, long counted) {
    long each = Math.round((double) traffic.requests() / counted);
    return each >= 1 && Math.abs(traffic.requests() - each * counted) <= each;
  }

  /// Counted by the same look at the kernel that told the span.
  private static double segmentsAsRequests(Traffic traffic, long counted) {
    return (double) traffic.requests() / Math.round((double) traffic.requests() / counted);
  }

  private Optional<Long> requests(HaProxy proxy, HostName balancer, HostName backend) {
    return rows(proxy, balancer, backend).stream()
        .flatMap(row -> row.requests().stream())
        .reduce(Long::sum);
  }

  private List<HaProxy.Server> rows(HaProxy proxy, HostName balancer, HostName backend) {
    return proxy.servers().stream()
        .filter(server ->
            topology
                .behind(server, balancer)
                .map(HostEvidence::name)
                .filter(backend::equals)
                .isPresent())
        .toList();
  }

  private Optional<Change<HaProxy>> change(HostName balancer) {
    return topology.fleet().host(balancer).flatMap(host -> host.haProxy().change().collected());
  }
}

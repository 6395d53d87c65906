package dev.earshot.budget;

import dev.earshot.evidence.HaProxyConfiguration;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.Sampled.Change;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import dev.earshot.topology.Traffic;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Counts the requests that reach a backend.
final class RequestCounter {

  /// Requests of a host's other services that falsify the mean of one by no more than they are.
  private static final Percent FEW = new Percent(5);

  private final Topology topology;

  /// What each load balancer sent to each host.
  private final Map<HostName, Map<HostName, BalancedRows>> balanced;

  /// Of each host, the port that took the most requests, from whichever load balancer.
  private final Map<HostName, Integer> busiest;

  RequestCounter(Topology topology) {
    this.topology = topology;
    this.balanced =
        topology.fleet().hosts().stream()
            .collect(Collectors.toMap(HostEvidence::name, host -> BalancedRows.of(topology, host)));
    this.busiest =
        balanced.values().stream()
            .flatMap(rows -> rows.keySet().stream())
            .distinct()
            .flatMap(host -> busiest(host).map(port -> Map.entry(host, port)).stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Optional<Integer> busiest(HostName host) {
    return byPort(balanced.keySet(), host).entrySet().stream()
        .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey);
  }

  private Map<Integer, Long> byPort(Collection<HostName> balancers, HostName host) {
    Map<Integer, Long> ports = new TreeMap<>();
    balancers.stream()
        .flatMap(balancer -> all(balancer, host).stream())
        .forEach(rows -> rows.byPort().forEach((port, some) -> ports.merge(port, some, Long::sum)));
    return ports;
  }

  /// Requests that one load balancer sent to a backend, by its own counters.
  ///
  /// A window that holds few requests cuts one at each end, an error of one in the number counted.
  /// The kernel knows when the last request left before each sample, so the rate is taken over the
  /// span between those two moments, which holds whole requests only. Nothing where the balancer
  /// passes connections on without looking into them (TCP mode).
  Optional<Count> byHaProxy(HostName balancer, HostName backend) {
    return rows(balancer, backend)
        .flatMap(rows -> window(balancer).map(window -> count(balancer, backend, rows, window)));
  }

  /// Load balancers may send requests to several services of a host, each on a port of its own, of
  /// which the busiest is counted. Which of them asks the database does not show in the host's
  /// connections, so where others took more than a few requests, nothing can be said of one.
  ///
  /// @return a sentence that names them, where that is so
  Optional<String> mixture(Collection<HostName> balancers, HostName backend) {
    Map<Integer, Long> ports = byPort(balancers, backend);
    long all = ports.values().stream().mapToLong(Long::longValue).sum();
    long most = ports.getOrDefault(busiest.getOrDefault(backend, 0), 0L);
    return all - most <= FEW.ratio() * all
        ? Optional.empty()
        : Optional.of(
            "requests go to several services of %s (%s), and which of them asks the database can't be told apart"
                .formatted(
                    backend,
                    ports.entrySet().stream()
                        .map(one ->
                            "port %d%s: %d"
                                .formatted(
                                    one.getKey(),
                                    through(balancers, backend, one.getKey()),
                                    one.getValue()))
                        .collect(Collectors.joining(", "))));
  }

  /// ` from http`: the frontends that lead to a port of a host, where the balancers' files tell
  /// them all.
  private String through(Collection<HostName> balancers, HostName backend, int port) {
    Set<String> frontends = new TreeSet<>();
    for (HostName balancer : balancers) {
      Optional<HaProxyConfiguration> known =
          topology
              .fleet()
              .host(balancer)
              .flatMap(host -> host.haProxyConfiguration().collected())
              .filter(files -> files.untold().isEmpty() && !files.isChosen());
      if (known.isEmpty()) {
        return "";
      }
      all(balancer, backend).stream()
          .flatMap(rows -> rows.at(port).rows().stream())
          .filter(row -> row.port().isPresent())
          .forEach(row -> frontends.addAll(known.get().leadingTo(row.server().backend())));
    }
    return frontends.isEmpty() ? "" : " from " + String.join(" and ", frontends);
  }

  /// What the load balancer's rows say of the requests that [#byHaProxy] counts.
  Optional<BalancedRows.Times> times(HostName balancer, HostName backend) {
    return rows(balancer, backend).flatMap(BalancedRows::times);
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

  private Count count(HostName balancer, HostName backend, BalancedRows rows, Duration window) {
    long counted = rows.requests();
    return traffic(balancer, backend, Optional.ofNullable(busiest.get(backend)))
        .filter(traffic -> counted > 0 && agrees(traffic, counted))
        .map(
            traffic -> Count.whole(segmentsAsRequests(traffic, counted), traffic.span(), "haproxy"))
        .orElseGet(() -> Count.cut(counted, window, "haproxy"));
  }

  private Optional<Traffic> traffic(HostName balancer, HostName backend, Optional<Integer> port) {
    return topology.flowsFrom(balancer).stream()
        .filter(flow -> flow.isWeb() && flow.to().equals(backend))
        .filter(flow -> port.isEmpty() || port.get() == flow.port())
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

  private Optional<BalancedRows> all(HostName balancer, HostName backend) {
    return Optional.ofNullable(balanced.getOrDefault(balancer, Map.of()).get(backend));
  }

  /// Those of the host's busiest service; nothing where the balancer sends to others alone.
  private Optional<BalancedRows> rows(HostName balancer, HostName backend) {
    return all(balancer, backend)
        .map(rows ->
            Optional.ofNullable(busiest.get(backend)).map(port -> rows.at(port)).orElse(rows))
        .filter(rows -> !rows.rows().isEmpty());
  }

  private Optional<Duration> window(HostName balancer) {
    return topology
        .fleet()
        .host(balancer)
        .flatMap(host -> host.haProxy().change().collected())
        .map(Change::window);
  }
}

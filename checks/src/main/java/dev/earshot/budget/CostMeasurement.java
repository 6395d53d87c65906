package dev.earshot.budget;

import dev.earshot.budget.RequestCost.Opinion;
import dev.earshot.budget.RequestCost.Whole;
import dev.earshot.evidence.Cpu;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.Rate;
import dev.earshot.evidence.Sampled;
import dev.earshot.topology.Flow;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import dev.earshot.topology.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Takes a path's request time apart, from the counters of the window.
final class CostMeasurement {

  /// Fewer requests than this say too little about a mean.
  private static final int FEWEST_REQUESTS = 3;

  /// A count that errs by more than this, relative, is none: the parts would not add up.
  private static final double MOST_ERROR = 0.25;

  /// Two counts that differ by more do not count the same requests, in answers of one segment each.
  private static final double SAME_REQUESTS = 0.1;

  /// Hypervisors round what they tell to ticks; less than this is no news.
  private static final double NOTICEABLE_THEFT = 0.05;

  /// Who counted statements, in an opinion.
  static final String STATEMENTS = "pg_stat_statements";

  private final Topology topology;
  private final RequestCounter counter;
  private final Map<Flow, List<RequestPath>> byDatabase;

  CostMeasurement(Topology topology) {
    this.topology = topology;
    this.counter = new RequestCounter(topology);
    this.byDatabase =
        topology.paths().stream().collect(Collectors.groupingBy(RequestPath::database));
  }

  Evidence<RequestCost> of(RequestPath path) {
    Flow database = path.database();
    Optional<Traffic> traffic = database.traffic();
    Optional<Count> taken = taken(path);
    Optional<Duration> rtt = topology.rtt(path);
    if (topology.fleet().window().isZero()) {
      return unknown(path, Sampled.SINGLE);
    }
    Optional<String> mixture = counter.mixture(balancers(path), path.backend());
    if (mixture.isPresent()) {
      return unknown(path, mixture.get());
    } else if (traffic.isEmpty()) {
      return unknown(
          path,
          "no connection from %s to %s stayed open over the window"
              .formatted(database.from(), database.to()));
    } else if (taken.isEmpty()) {
      return unknown(
          path,
          "nothing counts requests: no statistics of an HAProxy in HTTP mode were read, and no connection to %s stayed open over the window"
              .formatted(path.backend()));
    } else if (taken.get().number() < FEWEST_REQUESTS) {
      return unknown(
          path,
          "fewer than %d requests took this path within %.0f s: audit while there is traffic, or lengthen --window"
              .formatted(FEWEST_REQUESTS, Millis.of(taken.get().span()) / 1000));
    } else if (taken.get().error() > MOST_ERROR) {
      return unknown(
          path,
          "only %.0f requests took this path within %.0f s, too few to count to better than %s: audit while there is traffic, or lengthen --window"
              .formatted(
                  taken.get().number(),
                  Millis.of(taken.get().span()) / 1000,
                  Percent.ofRatio(taken.get().error())));
    } else if (traffic.get().roundTrips() == 0) {
      return unknown(
          path,
          "requests took this path, but none asked %s over a connection that stayed open"
              .formatted(database.to()));
    } else if (rtt.isEmpty()) {
      return unknown(
          path,
          "no round trip was measured between %s and %s"
              .formatted(database.from(), path.lastLeg().to()));
    }
    return new Evidence.Collected<>(cost(path, taken.get(), traffic.get(), rtt.get()));
  }

  /// Whether a path is in use, while nothing counts the requests that take it.
  boolean isUncounted(RequestPath path) {
    return path.database().traffic().filter(traffic -> traffic.roundTrips() > 0).isPresent()
        && counter.mixture(balancers(path), path.backend()).isEmpty()
        && taken(path).isEmpty();
  }

  private Optional<Count> taken(RequestPath path) {
    return path.loadBalancer()
        .flatMap(balancer -> counter.byHaProxy(balancer, path.backend()))
        .or(() -> counter.byKernel(path.backend()));
  }

  private RequestCost cost(RequestPath path, Count taken, Traffic traffic, Duration rtt) {
    Rate all = allRequests(path, taken);
    DatabaseShare share = new DatabaseShare(topology, path.lastLeg(), traffic, all);
    Optional<BalancedRows.Times> times =
        path.loadBalancer().flatMap(balancer -> counter.times(balancer, path.backend()));
    Optional<Duration> computing = computing(path, all);
    return new RequestCost(
        taken,
        roundTrips(path, traffic, all, taken),
        rtt,
        times.map(BalancedRows.Times::queue),
        times.map(BalancedRows.Times::connect).orElse(Duration.ZERO).plus(balancerRtt(path)),
        CacheCalls.of(topology, path.backend(), all),
        share.execution(),
        share.commit(),
        share.commitIfOn(),
        computing,
        computing.flatMap(time -> stolen(path, time)),
        new Retransmissions(topology, path).perRequest(all, taken.rate()),
        times
            .flatMap(BalancedRows.Times::request)
            .map(time -> new Whole(time, Whole.BALANCER))
            .or(() ->
                path.loadBalancer()
                    .flatMap(balancer -> NginxLog.time(topology, balancer, path.backend()))),
        opinions(path, traffic, share));
  }

  /// A backend's database calls serve the requests of all its load balancers.
  private Rate allRequests(RequestPath path, Count taken) {
    double all =
        balancers(path).stream()
            .flatMap(balancer -> counter.byHaProxy(balancer, path.backend()).stream())
            .mapToDouble(count -> count.rate().perSecond())
            .sum();
    return new Rate(Math.max(all, taken.rate().perSecond()));
  }

  /// All that lead to its database flow.
  private List<HostName> balancers(RequestPath path) {
    return byDatabase.getOrDefault(path.database(), List.of()).stream()
        .flatMap(other -> other.loadBalancer().stream())
        .toList();
  }

  /// As uncertain as the counts are, or as the load balancer's count of requests, from another span
  /// and clock, differs from that of the backend's kernel, which counts its database calls, too.
  private RoundTrips roundTrips(RequestPath path, Traffic traffic, Rate requests, Count taken) {
    double perRequest = traffic.roundTripRate().perSecond() / requests.perSecond();
    double counting = taken.error() + 1.0 / traffic.roundTrips();
    double difference =
        counter
            .byKernel(path.backend())
            .map(count -> count.rate().perSecond())
            .filter(rate -> rate > 0)
            .map(rate -> Math.abs(requests.perSecond() - rate) / rate)
            .filter(ratio -> ratio <= SAME_REQUESTS)
            .orElse(0.0);
    return new RoundTrips(perRequest, perRequest * Math.max(counting, difference), "kernel");
  }

  private Duration balancerRtt(RequestPath path) {
    return path.loadBalancer()
        .flatMap(balancer ->
            topology.flowsFrom(balancer).stream()
                .filter(flow -> flow.isWeb() && flow.to().equals(path.backend()))
                .findFirst()
                .flatMap(topology.rtts()::of)
                .or(() -> topology.rtts().typical(balancer, path.backend())))
        .orElse(Duration.ZERO);
  }

  private Optional<Duration> computing(RequestPath path, Rate requests) {
    return topology
        .fleet()
        .host(path.backend())
        .flatMap(topology::computing)
        .map(used -> Millis.duration(used.perSecond() / requests.perSecond()));
  }

  /// Work that takes a time of a processor's, of which a share is stolen, takes so much longer.
  private Optional<Duration> stolen(RequestPath path, Duration computing) {
    return topology
        .fleet()
        .host(path.backend())
        .flatMap(host -> Cpu.stolen(host.cpu()).collected())
        .map(Percent::ratio)
        .filter(share -> share < 1)
        .map(share -> RequestCost.times(computing, share / (1 - share)))
        .filter(time -> Millis.ratio(time, computing) >= NOTICEABLE_THEFT);
  }

  private List<Opinion> opinions(RequestPath path, Traffic traffic, DatabaseShare share) {
    return Stream.concat(
            counter
                .byKernel(path.backend())
                .map(count -> count.rate().perSecond())
                .filter(rate -> rate > 0)
                .map(rate ->
                    new Opinion(
                        "requests counted by the kernel of " + path.backend(),
                        traffic.roundTripRate().perSecond() / rate))
                .stream(),
            share.statements().map(calls -> new Opinion(STATEMENTS, calls)).stream())
        .toList();
  }

  private static Evidence<RequestCost> unknown(RequestPath path, String reason) {
    return new Evidence.Uncollected<>(path + ": " + reason);
  }
}

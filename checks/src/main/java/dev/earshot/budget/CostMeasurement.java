package dev.earshot.budget;

import dev.earshot.budget.RequestCost.Opinion;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Rate;
import dev.earshot.topology.Flow;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import dev.earshot.topology.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes a path's request time apart, from the counters of the window.
final class CostMeasurement {

  /// Fewer requests than this say too little about a mean.
  private static final double FEWEST_REQUESTS = 3;

  private final Topology topology;
  private final RequestCounter counter;

  CostMeasurement(Topology topology) {
    this.topology = topology;
    this.counter = new RequestCounter(topology);
  }

  Evidence<RequestCost> of(RequestPath path) {
    Flow database = path.database();
    Optional<Count> taken =
        path.loadBalancer()
            .flatMap(balancer -> counter.byHaProxy(balancer, path.backend()))
            .or(() -> counter.byKernel(path.backend()));
    Optional<Traffic> traffic = database.traffic();
    Optional<Duration> rtt = topology.rtts().of(database);
    double window = Millis.of(topology.fleet().window()) / 1000;
    if (traffic.isEmpty()) {
      return unknown(
          path,
          "no connection from %s to %s stayed open over the window"
              .formatted(database.from(), database.to()));
    } else if (taken.isEmpty()) {
      return unknown(
          path,
          "nothing counts requests: neither HAProxy nor the sockets of %s could be read"
              .formatted(path.backend()));
    } else if (taken.get().rate().perSecond() * window < FEWEST_REQUESTS) {
      return unknown(
          path,
          "fewer than %.0f requests took this path within %.0f s: audit while there is traffic, or lengthen --window"
              .formatted(FEWEST_REQUESTS, window));
    } else if (rtt.isEmpty()) {
      return unknown(
          path,
          "no round trip was measured between %s and %s".formatted(database.from(), database.to()));
    }
    return new Evidence.Collected<>(cost(path, taken.get(), traffic.get(), rtt.get()));
  }

  private RequestCost cost(RequestPath path, Count taken, Traffic traffic, Duration rtt) {
    Rate all = allRequests(path, taken);
    RoundTrips roundTrips = roundTrips(traffic, all, taken);
    Optional<HaProxy.Server> row =
        path.loadBalancer().flatMap(balancer -> busiest(balancer, path.backend()));
    Duration commit = commit(path, traffic, all);
    return new RequestCost(
        taken,
        roundTrips,
        rtt,
        row.map(HaProxy.Server::queue).orElse(Duration.ZERO),
        row.map(HaProxy.Server::connect).orElse(Duration.ZERO).plus(balancerRtt(path)),
        positive(execution(path, traffic, all).minus(commit)),
        commit,
        commitIfOn(path, traffic, all),
        computing(path, all),
        row.map(HaProxy.Server::requestTime).filter(Duration::isPositive),
        opinions(path, traffic, all));
  }

  /// A backend's database calls serve the requests of all its load balancers.
  private Rate allRequests(RequestPath path, Count taken) {
    double all =
        topology.paths().stream()
            .filter(other -> other.database().equals(path.database()))
            .flatMap(other -> other.loadBalancer().stream())
            .flatMap(balancer -> counter.byHaProxy(balancer, path.backend()).stream())
            .mapToDouble(count -> count.rate().perSecond())
            .sum();
    return new Rate(Math.max(all, taken.rate().perSecond()));
  }

  private RoundTrips roundTrips(Traffic traffic, Rate requests, Count taken) {
    double perRequest = traffic.roundTripRate().perSecond() / requests.perSecond();
    double error = taken.error() + 1.0 / Math.max(1, traffic.roundTrips());
    return new RoundTrips(perRequest, perRequest * error, "kernel");
  }

  private Optional<HaProxy.Server> busiest(HostName balancer, HostName backend) {
    return counter.rows(balancer, backend).stream()
        .max((a, b) -> Long.compare(a.requests(), b.requests()));
  }

  private Duration balancerRtt(RequestPath path) {
    return path.loadBalancer()
        .flatMap(balancer ->
            topology.flows().stream()
                .filter(flow ->
                    flow.isWeb()
                        && flow.from().equals(balancer)
                        && flow.to().equals(path.backend()))
                .findFirst()
                .flatMap(topology.rtts()::of)
                .or(() -> topology.rtts().typical(balancer, path.backend())))
        .orElse(Duration.ZERO);
  }

  /// The database's work is shared out by round trips: other clients' calls are as dear as these on
  /// average.
  private Duration execution(RequestPath path, Traffic traffic, Rate requests) {
    return work(path)
        .flatMap(DatabaseWork::busyPerSecond)
        .map(busy -> RequestCost.times(busy, share(path, traffic) / requests.perSecond()))
        .orElse(Duration.ZERO);
  }

  /// Commits wait only where `synchronous_commit` is on for the sessions of this backend.
  private Duration commit(RequestPath path, Traffic traffic, Rate requests) {
    boolean waits =
        Databases.commitSettings(topology, path.database()).stream()
            .anyMatch(setting -> !setting.losesCommits());
    return waits ? commitIfOn(path, traffic, requests).orElse(Duration.ZERO) : Duration.ZERO;
  }

  /// What the commits of a request would wait if they waited.
  private Optional<Duration> commitIfOn(RequestPath path, Traffic traffic, Rate requests) {
    return commitFlush(path)
        .map(cost -> RequestCost.times(cost.flush(), writes(path, traffic, requests)));
  }

  private Optional<Duration> computing(RequestPath path, Rate requests) {
    return topology.fleet().hosts().stream()
        .filter(host -> host.name().equals(path.backend()))
        .findFirst()
        .flatMap(topology::computing)
        .map(used -> Millis.duration(used.perSecond() / requests.perSecond()));
  }

  private Optional<CommitCost> commitFlush(RequestPath path) {
    return Databases.server(topology, path.database())
        .flatMap(host ->
            Databases.settings(topology, path.database())
                .flatMap(settings -> CommitCost.of(host, settings)));
  }

  /// Commits that may write, per request.
  private double writes(RequestPath path, Traffic traffic, Rate requests) {
    return work(path)
        .flatMap(DatabaseWork::writingCommits)
        .map(commits -> commits.perSecond() * share(path, traffic) / requests.perSecond())
        .orElse(1.0);
  }

  /// This flow's part of all round trips to its database.
  private double share(RequestPath path, Traffic traffic) {
    double everybodys =
        topology.flows().stream()
            .filter(flow -> flow.isDatabase() && flow.to().equals(path.database().to()))
            .flatMap(flow -> flow.roundTripRate().stream())
            .mapToDouble(Rate::perSecond)
            .sum();
    return everybodys > 0 ? traffic.roundTripRate().perSecond() / everybodys : 0;
  }

  private List<Opinion> opinions(RequestPath path, Traffic traffic, Rate requests) {
    List<Opinion> opinions = new ArrayList<>();
    counter
        .byKernel(path.backend())
        .map(count -> count.rate().perSecond())
        .filter(rate -> rate > 0)
        .ifPresent(rate ->
            opinions.add(
                new Opinion(
                    "requests counted by the kernel of " + path.backend(),
                    traffic.roundTripRate().perSecond() / rate)));
    work(path)
        .flatMap(DatabaseWork::statementRate)
        .map(rate -> rate.perSecond() * share(path, traffic) / requests.perSecond())
        .filter(calls -> calls > 0)
        .ifPresent(calls -> opinions.add(new Opinion("pg_stat_statements", calls)));
    return opinions;
  }

  private Optional<DatabaseWork> work(RequestPath path) {
    return Databases.server(topology, path.database())
        .map(host -> new DatabaseWork(host, path.database().port()));
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private static Evidence<RequestCost> unknown(RequestPath path, String reason) {
    return new Evidence.Uncollected<>(path + ": " + reason);
  }
}

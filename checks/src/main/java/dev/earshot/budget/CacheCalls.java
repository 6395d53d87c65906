package dev.earshot.budget;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Rate;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a request asks caches, Redis, Valkey or memcached: it waits for them as for a database.
///
/// A cache that is reached through a Unix socket shows in no connection, and takes no time in a
/// wire.
///
/// @param asked one for each flow of the backend to a cache
public record CacheCalls(List<Asked> asked) {

  /// One cache.
  ///
  /// @param perRequest round trips, mean over the window; nothing where no connection stayed open
  ///   over it
  /// @param rtt nothing where nobody measured it
  public record Asked(Flow flow, Optional<Double> perRequest, Optional<Duration> rtt) {

    boolean isTold() {
      return perRequest.isPresent() && rtt.isPresent();
    }

    /// `5.0 calls to redis on cache1, a round trip of 25.0 ms each`
    private String told() {
      return "%.1f calls to %s on %s, a round trip of %s each"
          .formatted(
              perRequest.orElse(0.0),
              flow.service(),
              flow.to(),
              rtt.map(Millis::format).orElse("unknown length"));
    }

    private String untold() {
      return perRequest.isEmpty()
          ? "no connection from %s to %s on %s stayed open over the window"
              .formatted(flow.from(), flow.service(), flow.to())
          : "no round trip was measured between %s and %s".formatted(flow.from(), flow.to());
    }
  }

  public CacheCalls {
    asked = List.copyOf(asked);
  }

  /// @param requests that the backend's calls served
  static CacheCalls of(Topology topology, HostName backend, Rate requests) {
    return new CacheCalls(
        topology.cacheFlows().stream()
            .filter(flow -> flow.from().equals(backend))
            .map(flow ->
                new Asked(
                    flow,
                    flow.roundTripRate().map(rate -> rate.perSecond() / requests.perSecond()),
                    topology.rtts().of(flow)))
            .toList());
  }

  /// Whether the backend asks a cache at all.
  public boolean isAsked() {
    return !asked.isEmpty();
  }

  /// Whether all of it is known.
  public boolean isTold() {
    return asked.stream().allMatch(Asked::isTold);
  }

  /// Time in the wire between backend and caches; none where not all of it is known: then it is in
  /// what nothing explains.
  public Duration network() {
    return isTold() ? with(Asked::rtt).orElse(Duration.ZERO) : Duration.ZERO;
  }

  /// The same over other distances; nothing where one of them is not known.
  public Optional<Duration> with(Function<Asked, Optional<Duration>> distance) {
    Duration all = Duration.ZERO;
    for (Asked one : asked) {
      Optional<Duration> rtt = distance.apply(one);
      if (rtt.isEmpty() || one.perRequest().isEmpty()) {
        return Optional.empty();
      }
      all = all.plus(RequestCost.times(rtt.get(), one.perRequest().get()));
    }
    return Optional.of(all);
  }

  String told() {
    return asked.stream().map(Asked::told).collect(Collectors.joining("; "));
  }

  /// Why not all of it is known.
  String untold() {
    return asked.stream()
        .filter(one -> !one.isTold())
        .map(Asked::untold)
        .collect(Collectors.joining("; "));
  }

  /// The hosts, without saying one twice.
  String hosts() {
    return asked.stream()
        .map(one -> one.flow().to().value())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}

package dev.earshot.budget;

import dev.earshot.evidence.Millis;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import java.time.Duration;

/// The connections that a backend keeps open to its database, and how much they have to do.
///
/// @param atWork of them, on average: held by a request that waits for the database or computes
///   between its calls, or seen at work by the server whenever it looked
/// @param underWay requests, on average
/// @param exact whether that is known; else there are at least as many
record Pool(int connections, double atWork, double underWay, boolean exact) {

  /// From this share on, the next request often finds none free.
  private static final double ALL_AT_WORK = 0.8;

  static Pool of(Topology topology, Flow flow, RequestCost cost) {
    double perSecond = cost.requests().rate().perSecond();
    Duration held =
        cost.databaseNetwork()
            .plus(cost.execution())
            .plus(cost.commit())
            .plus(cost.computing().orElse(Duration.ZERO));
    return new Pool(
        flow.connections(),
        Math.min(
            flow.connections(),
            Math.max(perSecond * Millis.of(held) / 1000, Databases.busySessions(topology, flow))),
        perSecond * Millis.of(cost.requestTime()) / 1000,
        cost.measured().isPresent());
  }

  boolean isAtWork() {
    return atWork >= connections * ALL_AT_WORK;
  }

  /// A pool is too small when all its connections are at work and more requests are under way than
  /// it has connections; then what nothing else explains may be waiting for one.
  boolean isScarce() {
    return isAtWork() && underWay > connections / ALL_AT_WORK;
  }

  /// `5 open connections, 0.9 at work on average for 1.0 requests under way`
  @Override
  public String toString() {
    return "%d open %s, %.1f at work on average for %s%.1f requests under way"
        .formatted(
            connections,
            connections == 1 ? "connection" : "connections",
            atWork,
            exact ? "" : "at least ",
            underWay);
  }
}

package dev.earshot.check;

import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.Optional;

/// How near a service has to be whose answers requests wait for: what an audit asks of the hosts
/// where they are, and a plan of those where they would be.
///
/// @param unbearable worse than what is not acceptable
public record Nearness(Limit.Time acceptable, Limit.Time unbearable) {

  private static final Duration ACCEPTABLE = Duration.ofMillis(2);
  private static final Duration UNBEARABLE = Duration.ofMillis(10);

  public static final Nearness DATABASE = of("colocation.app-database");
  public static final Nearness CACHE = of("colocation.app-cache");
  public static final Nearness PICT_RS = of("colocation.app-pict-rs");

  private static Nearness of(String check) {
    Limit.Time acceptable = new Limit.Time(check, "acceptable", ACCEPTABLE);
    return new Nearness(acceptable, new Limit.Time(check, "unbearable", UNBEARABLE, acceptable));
  }

  /// What is asked of a flow; nothing where no check limits the way.
  public static Optional<Nearness> of(Topology topology, Flow flow) {
    if (topology.databaseFlows().contains(flow)) {
      return Optional.of(DATABASE);
    } else if (topology.cacheFlows().contains(flow)) {
      return Optional.of(CACHE);
    }
    return topology.pictRsFlows().contains(flow) ? Optional.of(PICT_RS) : Optional.empty();
  }

  /// The check whose limits they are.
  public String check() {
    return acceptable.check();
  }
}

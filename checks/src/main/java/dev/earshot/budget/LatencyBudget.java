package dev.earshot.budget;

import dev.earshot.evidence.Arrivals;
import dev.earshot.evidence.Evidence;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One path's request time, taken apart.
///
/// @param rtt between backend and database, a pooler between them included, measured with or
///   without traffic
/// @param cost uncollected, with the reason, where the window shows no request
/// @param arrivals what the busiest sender has to get through, if the admin said so
/// @param whatIfs most saving first
/// @param suspects where nothing counts requests, those that need no count
public record LatencyBudget(
    RequestPath path,
    Optional<Duration> rtt,
    Evidence<RequestCost> cost,
    Optional<Arrivals> arrivals,
    List<WhatIf> whatIfs,
    List<Suspect> suspects) {

  public LatencyBudget {
    whatIfs = List.copyOf(whatIfs);
    suspects = List.copyOf(suspects);
  }

  /// The budget of every path of a fleet.
  public static List<LatencyBudget> of(Topology topology) {
    CostMeasurement measurement = new CostMeasurement(topology);
    return topology.paths().parallelStream()
        .map(path -> of(topology, path, measurement.of(path), measurement.isUncounted(path)))
        .toList();
  }

  private static LatencyBudget of(
      Topology topology, RequestPath path, Evidence<RequestCost> cost, boolean uncounted) {
    return new LatencyBudget(
        path,
        topology.rtt(path),
        cost,
        topology.fleet().arrivals(),
        cost.collected().map(known -> WhatIfs.of(topology, path, known)).orElse(List.of()),
        cost.collected()
            .map(known -> Suspects.of(topology, path, known))
            .or(() ->
                topology
                    .rtt(path)
                    .filter(_ -> uncounted)
                    .map(rtt -> Suspects.uncounted(topology, path, rtt)))
            .orElse(List.of()));
  }
}

package dev.earshot.check;

import dev.earshot.budget.LatencyBudget;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Trouble;
import dev.earshot.topology.Topology;
import java.util.List;

/// All that checks may look at: the evidence, and what follows from it, worked out once.
public record Fleet(
    FleetEvidence evidence,
    Topology topology,
    List<LatencyBudget> budgets,
    Profile profile,
    Policy policy) {

  public Fleet {
    budgets = List.copyOf(budgets);
  }

  /// A fleet that is meant for what its evidence shows.
  public static Fleet of(FleetEvidence evidence) {
    return of(evidence, Profile.observed(evidence));
  }

  public static Fleet of(FleetEvidence evidence, Profile profile) {
    return of(evidence, profile, Policy.NONE);
  }

  public static Fleet of(FleetEvidence evidence, Profile profile, Policy policy) {
    Topology topology = Topology.of(evidence, policy.topology());
    Fleet fleet = new Fleet(evidence, topology, LatencyBudget.of(topology), profile, policy);
    List<Trouble> troubles =
        policy.custom().stream().flatMap(check -> check.troubles(fleet).stream()).toList();
    return new Fleet(evidence.with(troubles), topology, fleet.budgets(), profile, policy);
  }

  public List<HostEvidence> hosts() {
    return evidence.hosts();
  }
}

package dev.earshot.check;

import dev.earshot.budget.LatencyBudget;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.topology.Topology;
import java.util.List;

/// All that checks may look at: the evidence, and what follows from it, worked out once.
public record Fleet(FleetEvidence evidence, Topology topology, List<LatencyBudget> budgets) {

  public Fleet {
    budgets = List.copyOf(budgets);
  }

  public static Fleet of(FleetEvidence evidence) {
    Topology topology = Topology.of(evidence);
    return new Fleet(evidence, topology, LatencyBudget.of(topology));
  }

  public List<HostEvidence> hosts() {
    return evidence.hosts();
  }
}

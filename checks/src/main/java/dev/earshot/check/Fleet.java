package dev.earshot.check;

import dev.earshot.budget.LatencyBudget;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Trouble;
import dev.earshot.topology.Topology;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

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
    return of(evidence, Policy.NONE);
  }

  public static Fleet of(FleetEvidence evidence, Policy policy) {
    return of(evidence, Optional.empty(), policy);
  }

  /// A fleet, its admin's policy, and what it is meant for.
  ///
  /// @param chosen what the admin says that it is meant for, if anything
  public static Fleet of(FleetEvidence evidence, Optional<Profile.Intent> chosen, Policy policy) {
    Topology topology = Topology.of(evidence, policy.topology());
    Profile profile =
        chosen.map(Profile::chosen).orElseGet(() -> Profile.observed(evidence, topology));
    Fleet fleet = new Fleet(evidence, topology, LatencyBudget.of(topology), profile, policy);
    List<Trouble> troubles =
        policy.custom().stream().flatMap(check -> check.troubles(fleet).stream()).toList();
    return new Fleet(evidence.with(troubles), topology, fleet.budgets(), profile, policy);
  }

  public List<HostEvidence> hosts() {
    return evidence.hosts();
  }

  /// The day of the audit, in UTC: saved evidence is judged the same whenever that happens.
  public LocalDate day() {
    return evidence.takenAt().atZone(ZoneOffset.UTC).toLocalDate();
  }

  /// The finding, told apart where it is a failure that somebody answers for on that day.
  public Finding waived(Finding finding) {
    return finding.verdict() instanceof Verdict.Fail failure
        ? policy.waivers().stream()
            .filter(waiver -> waiver.holdsOn(day()))
            .filter(waiver -> waiver.covers(finding))
            .findFirst()
            .map(waiver -> finding.waived(failure, waiver))
            .orElse(finding)
        : finding;
  }
}

package dev.earshot.cli;

import dev.earshot.anonymity.Pseudonyms;
import dev.earshot.check.Fleet;
import dev.earshot.check.Policy;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.Readings;
import dev.earshot.policy.PolicyFile;
import dev.earshot.recording.Judging;
import dev.earshot.report.AuditReport;
import dev.earshot.report.ReportAssembly;
import java.util.Optional;

/// An audit's evidence with all that was said of how to judge it.
///
/// @param baseline the audit to compare with, judged in the same way
/// @param readings of the recordings, as far as somebody read them before
record Judgement(
    FleetRecording recording,
    Judging judging,
    Policy policy,
    Optional<FleetRecording> baseline,
    Readings readings) {

  /// @param declared holds where nothing else was said
  static Judgement of(
      FleetRecording recording,
      Judging judging,
      PolicyFile declared,
      Optional<FleetRecording> baseline,
      Terminal terminal) {
    return new Judgement(
        recording,
        new Judging(Optional.empty(), declared.profile()).with(judging),
        PolicyOptions.policy(declared, recording, terminal),
        baseline,
        new Readings());
  }

  /// The same with other names.
  Judgement with(Pseudonyms names) {
    return new Judgement(
        names.of(recording), judging, names.of(policy), baseline.map(names::of), readings);
  }

  /// The same, by somebody who has read it before.
  Judgement with(Readings before) {
    return new Judgement(recording, judging, policy, baseline, before);
  }

  AuditReport report() {
    return ReportAssembly.assemble(fleet(), fleetBefore(), Main.version());
  }

  Fleet fleet() {
    return fleet(recording);
  }

  /// The fleet as it was in the audit to compare with.
  Optional<Fleet> fleetBefore() {
    return baseline.map(this::fleet);
  }

  private Fleet fleet(FleetRecording one) {
    FleetEvidence evidence = readings.of(one, judging.arrivals());
    return Fleet.of(evidence, judging.profile(), policy);
  }
}

package dev.earshot.cli;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.policy.PolicyFile;
import dev.earshot.recording.Judging;
import dev.earshot.recording.RecordingStore;
import dev.earshot.report.AuditReport;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/// Judges evidence that was saved, and reports on it.
final class SavedReports {

  @Mixin PolicyOptions policy = new PolicyOptions();
  @Mixin ReportOptions report = new ReportOptions();

  /// Judges one audit, and writes what was asked for.
  ///
  /// @param told when the evidence was collected, and what holds unless something else is said now
  /// @param from what a file is called that it comes from
  /// @param save where to keep it once more, as reports show it
  /// @param remarks gets what there is to know beside
  /// @return the exit code
  int on(
      FleetRecording recording,
      Judging told,
      Path from,
      @Nullable Path save,
      Terminal terminal,
      Terminal remarks) {
    PolicyFile declared = policy.read(told, remarks);
    policy.refuseStrangersTasks(declared, report.writing, from.toString());
    Optional<FleetRecording> baseline = report.baseline(remarks);
    Judging judging = told.with(report.judging());
    Judgement judgement = Judgement.of(recording, judging, declared, baseline, remarks);
    AuditReport judged = judgement.report();
    Anonymity.Shown shown = report.anonymity.shown(judgement, judged);
    if (save != null) {
      RecordingStore.save(
          shown.recording(),
          judging.declared(PolicyOptions.kept(report.anonymity.kept(declared), remarks)),
          save);
    }
    report.write(shown.report(), terminal);
    return report.exitCode(judged, declared);
  }
}

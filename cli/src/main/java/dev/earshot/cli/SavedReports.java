package dev.earshot.cli;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.policy.PolicyFile;
import dev.earshot.recording.Judging;
import dev.earshot.recording.RecordingException;
import dev.earshot.report.AuditReport;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/// Judges evidence that was saved, and reports on it.
final class SavedReports {

  @Mixin PolicyOptions policy = new PolicyOptions();
  @Mixin ReportOptions report = new ReportOptions();

  /// Evidence that was judged.
  ///
  /// @param judging what was said of how
  /// @param report with the hosts' own names
  record Judged(
      Judgement judgement,
      Judging judging,
      PolicyFile declared,
      AuditReport report,
      int exitCode) {}

  /// Judges one audit.
  ///
  /// @param told when the evidence was collected, and what holds unless something else is said now
  /// @param from what a file is called that it comes from
  /// @param remarks gets what there is to know beside
  Judged judge(FleetRecording recording, Judging told, Path from, Terminal remarks) {
    PolicyFile declared = policy.read(told, remarks);
    policy.refuseStrangersTasks(declared, report.writing, from.toString());
    Optional<FleetRecording> baseline = report.baseline(remarks);
    Judging judging = told.with(report.judging());
    Judgement judgement = Judgement.of(recording, judging, declared, baseline, remarks);
    AuditReport judged = judgement.report();
    return new Judged(judgement, judging, declared, judged, report.exitCode(judged, declared));
  }

  /// Writes what was asked for.
  ///
  /// @param save where to keep the evidence once more, as reports show it; that it can't be kept is
  ///   told after the report
  void write(Judged judged, @Nullable Path save, Terminal terminal, Terminal remarks) {
    Anonymity.Shown shown = report.anonymity.shown(judged.judgement(), judged.report());
    PolicyFile declared = report.anonymity.kept(judged.declared());
    Optional<RecordingException> unsaved =
        Optional.ofNullable(save)
            .flatMap(file ->
                KeptEvidence.keep(
                    shown.recording(),
                    judged.judging().declared(PolicyOptions.kept(declared, remarks)),
                    file));
    report.write(shown.report(), terminal);
    if (unsaved.isPresent()) {
      throw unsaved.get();
    }
  }
}

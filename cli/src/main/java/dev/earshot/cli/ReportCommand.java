package dev.earshot.cli;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.policy.PolicyFile;
import dev.earshot.recording.SavedAudit;
import dev.earshot.report.AuditReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Judges and renders saved evidence again: with newer checks, in other formats, for other eyes.
@Command(
    name = "report",
    description = {
      "Judge and render evidence that 'earshot audit --save' kept.",
      "What the audit was told, --arrival-rate and --profile, is kept with it, and holds unless said otherwise here."
    },
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "EVIDENCE", description = "What --save wrote, packed or as a folder.")
  Path evidence = Path.of("");

  @Mixin PolicyOptions policy = new PolicyOptions();
  @Mixin ReportOptions report = new ReportOptions();

  ReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    report.refuseUnwritable(null);
    PolicyFile declared = policy.read(List.of(), terminal);
    SavedAudit audit = KeptEvidence.open(evidence, terminal);
    Optional<FleetRecording> baseline = report.baseline(terminal);
    Judgement judgement =
        Judgement.of(
            audit.recording(),
            audit.judging().with(report.judging()),
            declared,
            baseline,
            terminal);
    AuditReport judged = judgement.report();
    report.write(report.anonymity.shown(judgement, judged).report(), terminal);
    return report.exitCode(judged, declared);
  }
}

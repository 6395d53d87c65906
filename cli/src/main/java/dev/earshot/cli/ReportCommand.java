package dev.earshot.cli;

import dev.earshot.recording.SavedAudit;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Judges and renders saved evidence again: with newer checks, in other formats, for other eyes.
@Command(
    name = "report",
    description = {
      "Judge and render evidence that 'earshot audit --save' kept.",
      "What the audit was told, --arrival-rate, --profile and earshot.yml, is kept with it, and holds unless said otherwise here."
    },
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "EVIDENCE", description = "What --save wrote, packed or as a folder.")
  Path evidence = Path.of("");

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description =
          "Keep the evidence once more, with what it is judged by now; with other names, where --anonymise is given.")
  @Nullable Path save;

  @Option(
      names = {"-q", "--quiet"},
      description = "Tell nothing beside the report.")
  boolean quiet;

  @Mixin SavedReports reports = new SavedReports();

  ReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    reports.report.refuseUnwritable(save, List.of(evidence));
    Terminal remarks = quiet ? terminal.withoutRemarks() : terminal;
    SavedAudit audit = KeptEvidence.open(evidence, remarks);
    SavedReports.Judged judged =
        reports.judge(audit.recording(), audit.judging(), evidence, remarks);
    reports.write(judged, save, terminal, remarks);
    return judged.exitCode();
  }
}

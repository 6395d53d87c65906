package dev.earshot.cli;

import dev.earshot.report.format.ReportFormat;
import java.util.List;
import picocli.CommandLine.Option;

/// Reports of a kept audit, whose words are all that was kept.
final class KeptReports extends ReportWriting {

  /// All that it has.
  static final class Formats extends FormatChoice {
    Formats() {
      super(
          format -> format != ReportFormat.PLAYBOOK,
          "a kept report",
          "whoever can write to the history could have put anything into it; 'earshot report FILE --report playbook' makes one of the evidence that 'audit --save FILE' keeps");
    }
  }

  KeptReports() {
    super(new Formats());
  }

  @Option(
      names = "--report",
      paramLabel = REPORT,
      converter = ReportTarget.Converter.class,
      completionCandidates = Formats.class,
      description = WRITES)
  void targets(List<ReportTarget> wanted) {
    targets = wanted;
  }

  @Option(
      names = {"-v", "--verbose"},
      description = "Show what went well and the playbooks, too.")
  void verbose(boolean wanted) {
    verbose = wanted;
  }
}

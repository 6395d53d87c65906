package dev.earshot.cli;

import dev.earshot.report.format.ReportFormat;
import java.util.List;
import picocli.CommandLine.Option;

/// Reports of a plan, which is about one move and not a fleet.
final class PlanReports extends ReportWriting {

  /// All that it has.
  static final class Formats extends FormatChoice {
    Formats() {
      super(ReportFormat::rendersPlans, "a plan", "it is about one move, not a fleet");
    }
  }

  PlanReports() {
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
      description = SHOWS)
  void verbose(boolean wanted) {
    verbose = wanted;
  }
}

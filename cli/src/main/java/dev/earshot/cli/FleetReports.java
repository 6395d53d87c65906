package dev.earshot.cli;

import java.util.List;
import picocli.CommandLine.Option;

/// Reports of a fleet, in every format.
final class FleetReports extends ReportWriting {

  /// All that there are.
  static final class Formats extends FormatChoice {}

  FleetReports() {
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

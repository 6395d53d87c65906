package dev.earshot.cli;

import dev.earshot.report.format.ReportFormat;
import java.util.List;
import picocli.CommandLine.Option;

/// Reports of what has changed: for eyes, or for programs.
final class DriftReports extends ReportWriting {

  /// All that it has.
  static final class Formats extends FormatChoice {
    Formats() {
      super(
          format -> format == ReportFormat.TERMINAL || format == ReportFormat.JSON,
          "drift",
          "it tells what has changed, as terminal or json");
    }
  }

  DriftReports() {
    super(new Formats());
  }

  @Option(
      names = "--report",
      paramLabel = REPORT,
      converter = ReportTarget.Converter.class,
      completionCandidates = Formats.class,
      description =
          "Write this report: terminal, or json, whose schema is 'earshot schema --drift'; to a file, or to standard output (default: terminal). JSON is written also where nothing has changed. May be repeated.")
  void targets(List<ReportTarget> wanted) {
    targets = wanted;
  }

  @Option(
      names = {"-v", "--verbose"},
      description = "List what fails as before, too, and every change.")
  void verbose(boolean wanted) {
    verbose = wanted;
  }
}

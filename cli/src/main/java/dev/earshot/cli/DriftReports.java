package dev.earshot.cli;

import dev.earshot.report.format.ReportFormat;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Option;

/// Reports of what has changed: for eyes, or for programs.
final class DriftReports extends ReportWriting {

  private static final List<ReportFormat> FORMATS =
      List.of(ReportFormat.TERMINAL, ReportFormat.JSON);

  /// What `--report` is completed with.
  static final class Candidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return labels(FORMATS).iterator();
    }
  }

  @Option(
      names = "--report",
      paramLabel = REPORT,
      converter = ReportTarget.Converter.class,
      completionCandidates = Candidates.class,
      description =
          "Write this report: terminal, or json, whose schema is 'earshot schema --drift'; to a file, or to standard output (default: terminal). JSON is written also where nothing has changed. May be repeated.")
  List<ReportTarget> targets = new ArrayList<>();

  @Option(
      names = {"-v", "--verbose"},
      description = "List what fails as before, too, and every change.")
  boolean verbose;

  @Override
  List<ReportTarget> targets() {
    return targets;
  }

  @Override
  boolean verbose() {
    return verbose;
  }

  /// What was asked for and is not there.
  List<String> refused() {
    return refused(FORMATS, "drift", "it tells what has changed, as terminal or json");
  }
}

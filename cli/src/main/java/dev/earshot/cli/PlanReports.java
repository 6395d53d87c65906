package dev.earshot.cli;

import dev.earshot.report.format.ReportFormat;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Option;

/// Reports of a plan, which is about one move and not a fleet.
final class PlanReports extends ReportWriting {

  private static final List<ReportFormat> FORMATS =
      List.of(ReportFormat.values()).stream().filter(ReportFormat::rendersPlans).toList();

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
      description = WRITES)
  List<ReportTarget> targets = new ArrayList<>();

  @Option(
      names = {"-v", "--verbose"},
      description = SHOWS)
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
    return refused(FORMATS, "a plan", "it is about one move, not a fleet");
  }
}

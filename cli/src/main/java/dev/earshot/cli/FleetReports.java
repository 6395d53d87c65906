package dev.earshot.cli;

import dev.earshot.report.format.ReportFormat;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Option;

/// Reports of a fleet, in every format.
final class FleetReports extends ReportWriting {

  private static final EnumSet<ReportFormat> FORMATS = EnumSet.allOf(ReportFormat.class);

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
}

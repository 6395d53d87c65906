package dev.earshot.cli;

import dev.earshot.report.format.ReportFormat;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Option;

/// Reports of a kept audit, whose words are all that was kept.
final class KeptReports extends ReportWriting {

  private static final EnumSet<ReportFormat> FORMATS =
      EnumSet.complementOf(EnumSet.of(ReportFormat.PLAYBOOK));

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
      description = "Show what went well and the playbooks, too.")
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
    return refused(
        FORMATS,
        "a kept report",
        "whoever can write to the history could have put anything into it; 'earshot report FILE --report playbook' makes one of the evidence that 'audit --save FILE' keeps");
  }
}

package dev.earshot.cli;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.PlanReport;
import java.util.List;
import java.util.stream.Stream;

/// What a report comes to, without the names of anything: two of the same fleet that differ in
/// names alone have the same.
final class Verdicts {

  private Verdicts() {}

  static List<String> of(AuditReport report) {
    return Stream.concat(
            Stream.of(report.verdict(), report.summary().toString()),
            Stream.concat(
                sorted(report.findings()),
                report.baseline().stream()
                    .flatMap(baseline ->
                        Stream.concat(
                            Stream.of(
                                baseline.added().size() + " added",
                                baseline.updated().size() + " updated"),
                            sorted(baseline.absent())))))
        .toList();
  }

  static List<String> of(PlanReport report) {
    return Stream.concat(Stream.of(report.verdict()), sorted(report.findings())).toList();
  }

  private static Stream<String> sorted(List<FindingRow> findings) {
    return findings.stream()
        .map(finding ->
            "%s: %s, %s".formatted(finding.check(), finding.verdict(), finding.severity()))
        .sorted();
  }
}

package dev.earshot.report.sarif;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.BaselineRow;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.AuditReport.HostSubject;
import dev.earshot.report.AuditReport.LocationRow;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Hosts that were not reached, as results of a rule of their own.
final class Unreachable {

  static final String ID = "earshot.unreachable";

  private Unreachable() {}

  static Stream<FindingRow> now(AuditReport report) {
    return report.hosts().stream()
        .filter(HostRow::unreachable)
        .map(host ->
            result(
                host.name(),
                "%s %s: %s"
                    .formatted(
                        host.name(),
                        host.leftTo().isPresent() ? "was not asked" : "can't be reached",
                        host.reason().orElse("no reason")),
                host.location()));
  }

  /// Those that the baseline did not reach, and that are reached now or are no hosts any more.
  static Stream<FindingRow> noLonger(AuditReport report) {
    Set<String> silent =
        report.hosts().stream()
            .filter(HostRow::unreachable)
            .map(HostRow::name)
            .collect(Collectors.toSet());
    return report.baseline().stream()
        .flatMap(baseline -> baseline.unreachable().stream())
        .filter(host -> !silent.contains(host))
        .map(host ->
            result(
                host,
                "%s could not be reached".formatted(host),
                report.hosts().stream()
                    .filter(row -> row.name().equals(host))
                    .flatMap(row -> row.location().stream())
                    .findFirst()));
  }

  /// Whether it is about a host that the baseline reached.
  static boolean isNew(FindingRow finding, BaselineRow baseline) {
    return finding.check().equals(ID)
        && finding.subject().hosts().stream().noneMatch(baseline.unreachable()::contains);
  }

  private static FindingRow result(String host, String because, Optional<LocationRow> location) {
    return new FindingRow(
        ID,
        "high",
        "fail",
        new HostSubject(host, host, Optional.empty()),
        "Every host can be reached",
        because,
        "What was found on a host before is neither confirmed nor mended while it is not asked.",
        "%s/%s".formatted(ID, host),
        Optional.empty(),
        location,
        List.of(),
        Optional.empty());
  }
}

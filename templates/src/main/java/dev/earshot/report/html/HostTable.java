package dev.earshot.report.html;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.AuditReport.PlaceRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One host in the table of hosts.
///
/// @param failed how many findings about it failed
public record HostTable(HostRow host, String roles, String places, int failed) {

  static List<HostTable> of(AuditReport report) {
    Map<String, Integer> failed = new HashMap<>();
    report.findings().stream()
        .filter(FindingRow::failed)
        .flatMap(finding -> finding.subject().hosts().stream().distinct())
        .forEach(host -> failed.merge(host, 1, Integer::sum));
    return report.hosts().stream()
        .map(host ->
            new HostTable(
                host,
                String.join(", ", host.roles()),
                host.place().stream().map(HostTable::place).collect(Collectors.joining(", ")),
                Optional.ofNullable(failed.get(host.name())).orElse(0)))
        .toList();
  }

  private static String place(PlaceRow place) {
    return Stream.of(place.provider(), place.region(), place.zone())
            .flatMap(Optional::stream)
            .collect(Collectors.joining("/"))
        + " ("
        + place.source()
        + ")";
  }
}

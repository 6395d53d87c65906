package dev.earshot.report.layout;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.TroubleRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What could not be asked for one and the same reason.
///
/// @param hosts where
/// @param probes which questions; empty: all of them
public record Gap(String reason, List<String> hosts, List<String> probes) {

  public Gap {
    hosts = List.copyOf(hosts);
    probes = List.copyOf(probes);
  }

  /// In the order in which the reasons first appear.
  public static List<Gap> of(AuditReport report) {
    Map<String, List<TroubleRow>> byReason = new LinkedHashMap<>();
    for (TroubleRow trouble : report.troubles()) {
      byReason.computeIfAbsent(trouble.reason(), _ -> new ArrayList<>()).add(trouble);
    }
    return byReason.entrySet().stream()
        .map(entry -> gap(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Gap gap(String reason, List<TroubleRow> troubles) {
    return new Gap(
        reason,
        troubles.stream().map(TroubleRow::host).distinct().toList(),
        troubles.stream().map(TroubleRow::probe).flatMap(Optional::stream).distinct().toList());
  }
}

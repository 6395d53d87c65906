package dev.earshot.report.terminal;

import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.LocationRow;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.layout.Findings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Failures of one check of which the same is told, but for the host: six hosts without a time
/// daemon are one piece of news.
record Alike(List<FindingRow> findings) {

  private static final int MOST_NAMED = 12;
  private static final int MOST_LINES = 4;

  private record Told(String check, String severity, String because) {}

  Alike {
    findings = List.copyOf(findings);
  }

  /// In the order of the first of each.
  static List<Alike> of(List<FindingRow> failed) {
    Map<Told, List<FindingRow>> alike = new LinkedHashMap<>();
    failed.forEach(
        finding -> alike.computeIfAbsent(told(finding), _ -> new ArrayList<>()).add(finding));
    return alike.values().stream().map(Alike::new).toList();
  }

  /// Each for itself.
  static List<Alike> singly(List<FindingRow> failed) {
    return failed.stream().map(finding -> new Alike(List.of(finding))).toList();
  }

  private static Told told(FindingRow finding) {
    return new Told(finding.check(), finding.severity(), Findings.because(finding));
  }

  FindingRow first() {
    return findings.getFirst();
  }

  /// `lb1, lb2, db1`
  String subjects() {
    String named =
        findings.stream()
            .limit(MOST_NAMED)
            .map(finding -> finding.subject().label())
            .collect(Collectors.joining(", "));
    return findings.size() > MOST_NAMED
        ? "%s and %d more".formatted(named, findings.size() - MOST_NAMED)
        : named;
  }

  /// What is to be done, which may name the first host alone.
  ///
  /// @param first of the first failure
  String remedy(RemedyRow first) {
    boolean same =
        findings.stream()
            .flatMap(finding -> finding.remedy().stream())
            .allMatch(remedy -> remedy.summary().equals(first.summary()));
    return same ? first.summary() : first.summary() + " The others alike.";
  }

  /// ` · hosts.yml:12, 14`; nothing where no line is known.
  String locations() {
    Map<String, List<Integer>> lines = new LinkedHashMap<>();
    findings.stream()
        .flatMap(finding -> finding.location().stream())
        .distinct()
        .limit(MOST_LINES)
        .forEach(at -> lines.computeIfAbsent(at.file(), _ -> new ArrayList<>()).add(at.line()));
    String told =
        lines.entrySet().stream()
            .map(file ->
                " · %s:%s"
                    .formatted(
                        file.getKey(),
                        file.getValue().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "))))
            .collect(Collectors.joining());
    return hasMoreLines() ? told + ", …" : told;
  }

  private boolean hasMoreLines() {
    return findings.stream()
            .flatMap(finding -> finding.location().stream())
            .map(LocationRow::toString)
            .distinct()
            .count()
        > MOST_LINES;
  }
}

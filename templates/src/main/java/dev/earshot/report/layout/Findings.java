package dev.earshot.report.layout;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostRow;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The findings of a report, sorted into what a reader wants to see together.
///
/// @param failed worst first
/// @param waived that somebody answers for, worst first
/// @param open what could not be judged, though its hosts were reached
/// @param unasked what could not be judged because a host did not answer: the host is the news, not
///   the dozen questions about it
public record Findings(
    List<FindingRow> failed,
    List<FindingRow> waived,
    List<FindingRow> open,
    List<FindingRow> unasked,
    List<FindingRow> passed,
    List<FindingRow> notApplicable) {

  public Findings {
    failed = List.copyOf(failed);
    waived = List.copyOf(waived);
    open = List.copyOf(open);
    unasked = List.copyOf(unasked);
    passed = List.copyOf(passed);
    notApplicable = List.copyOf(notApplicable);
  }

  public static Findings of(AuditReport report) {
    Set<String> unreachable =
        report.hosts().stream()
            .filter(HostRow::unreachable)
            .map(HostRow::name)
            .collect(Collectors.toSet());
    List<FindingRow> unknown = with(report, "unknown");
    return new Findings(
        with(report, "fail"),
        with(report, "waived"),
        unknown.stream().filter(finding -> !about(finding, unreachable)).toList(),
        unknown.stream().filter(finding -> about(finding, unreachable)).toList(),
        with(report, "pass"),
        with(report, "notApplicable"));
  }

  /// Whom the unasked questions are about.
  public List<String> unaskedHosts() {
    return unasked.stream()
        .flatMap(finding -> finding.subject().hosts().stream())
        .distinct()
        .toList();
  }

  /// Why, without the subject that stands above it already.
  public static String because(FindingRow finding) {
    return because(finding.subject().label(), finding.because());
  }

  static String because(String subject, String because) {
    return because.startsWith(subject + ": ")
        ? because.substring(subject.length() + ": ".length())
        : because;
  }

  private static boolean about(FindingRow finding, Set<String> hosts) {
    return !finding.subject().hosts().isEmpty() && hosts.containsAll(finding.subject().hosts());
  }

  private static List<FindingRow> with(AuditReport report, String verdict) {
    return report.findings().stream().filter(finding -> finding.verdict().equals(verdict)).toList();
  }
}

package dev.earshot.report.markdown;

import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.layout.Findings;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// One failed finding, as the template wants it.
///
/// @param severity capitalised, for the heading
/// @param because without the subject, which is in the heading
/// @param commands fenced
/// @param playbook fenced
public record FailureSection(
    String severity,
    FindingRow finding,
    String because,
    Optional<Markdown> commands,
    Optional<Markdown> playbook) {

  static FailureSection of(FindingRow finding) {
    return new FailureSection(
        Character.toUpperCase(finding.severity().charAt(0)) + finding.severity().substring(1),
        finding,
        Findings.because(finding),
        finding
            .remedy()
            .map(RemedyRow::commands)
            .filter(Predicate.not(List::isEmpty))
            .map(commands -> Fence.of("sh", String.join("\n", commands))),
        finding
            .remedy()
            .map(RemedyRow::playbook)
            .filter(Predicate.not(String::isBlank))
            .map(playbook -> Fence.of("yaml", playbook)));
  }
}

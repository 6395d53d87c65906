package dev.earshot.report.markdown;

import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.MeasurementRow;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.layout.Findings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// One failed finding, as the template wants it.
///
/// @param severity capitalised, for the heading
/// @param because without the subject, which is in the heading
/// @param measured a table
/// @param commands fenced
/// @param playbook fenced
public record FailureSection(
    String severity,
    FindingRow finding,
    String because,
    Optional<Markdown> measured,
    Optional<Markdown> commands,
    Optional<Markdown> playbook) {

  static FailureSection of(FindingRow finding) {
    return new FailureSection(
        Character.toUpperCase(finding.severity().charAt(0)) + finding.severity().substring(1),
        finding,
        Findings.because(finding),
        Optional.of(finding.measured())
            .filter(Predicate.not(List::isEmpty))
            .map(FailureSection::measured),
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

  /// Whether there is anything that the verdict can be checked by.
  public boolean hasEvidence() {
    return measured.isPresent() || commands.isPresent();
  }

  /// The same without what can be looked up elsewhere.
  FailureSection without(Abridgement abridged) {
    boolean evidence = !abridged.leavesOut(Part.EVIDENCE);
    return new FailureSection(
        severity,
        finding,
        because,
        measured.filter(_ -> evidence),
        commands.filter(_ -> evidence),
        playbook.filter(_ -> !abridged.leavesOut(Part.PLAYBOOKS)));
  }

  private static Markdown measured(List<MeasurementRow> rows) {
    return Table.of(
        List.of("Measured", " Value", " Limit", "By"),
        rows.stream()
            .map(row ->
                List.of(
                    row.name(),
                    number(row.value()),
                    row.limit().stream().mapToObj(FailureSection::number).findFirst().orElse(""),
                    row.by()))
            .toList());
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}

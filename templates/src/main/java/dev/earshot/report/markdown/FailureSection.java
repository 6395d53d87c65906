package dev.earshot.report.markdown;

import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.MeasurementRow;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.layout.Findings;
import dev.earshot.report.layout.Plays;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// One failed finding, as the template wants it.
///
/// @param severity capitalised, for the heading
/// @param because without the subject, which is in the heading
/// @param measured a table
/// @param commands fenced
/// @param playbook fenced, for all hosts that have the same
/// @param playbookTitle what folds it away
/// @param playbookOf whose playbook mends this, too, where it stands there
public record FailureSection(
    String severity,
    FindingRow finding,
    String because,
    Optional<Markdown> measured,
    Optional<Markdown> commands,
    Optional<Markdown> playbook,
    String playbookTitle,
    Optional<String> playbookOf) {

  private static final int MOST_NAMED = 12;

  /// Playbooks that differ in their hosts alone are one, which stands where the first of them
  /// would.
  static List<FailureSection> of(List<FindingRow> failed) {
    Map<String, List<FindingRow>> alike =
        failed.stream()
            .filter(finding -> !playbook(finding).text().isBlank())
            .collect(Collectors.groupingBy(finding -> playbook(finding).withoutHosts()));
    return failed.stream()
        .map(finding ->
            of(finding, alike.getOrDefault(playbook(finding).withoutHosts(), List.of(finding))))
        .toList();
  }

  /// @param alike those with the same playbook, itself among them
  private static FailureSection of(FindingRow finding, List<FindingRow> alike) {
    FindingRow first = alike.getFirst();
    Set<String> hosts =
        alike.stream()
            .flatMap(one -> playbook(one).hosts().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
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
        Optional.of(playbook(finding))
            .filter(plays -> finding.equals(first) && !plays.text().isBlank())
            .map(plays -> Fence.of("yaml", (hosts.size() > 1 ? plays.with(hosts) : plays).text())),
        hosts.size() > 1 ? "Playbook for " + named(alike) : "Playbook",
        finding.equals(first) ? Optional.empty() : Optional.of(first.subject().label()));
  }

  private static Plays playbook(FindingRow finding) {
    return new Plays(finding.remedy().map(RemedyRow::playbook).orElse(""));
  }

  private static String named(List<FindingRow> alike) {
    List<String> labels = alike.stream().map(one -> one.subject().label()).distinct().toList();
    String some = labels.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    return labels.size() > MOST_NAMED
        ? "%s and %d more".formatted(some, labels.size() - MOST_NAMED)
        : some;
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
        playbook.filter(_ -> !abridged.leavesOut(Part.PLAYBOOKS)),
        playbookTitle,
        playbookOf.filter(_ -> !abridged.leavesOut(Part.PLAYBOOKS)));
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

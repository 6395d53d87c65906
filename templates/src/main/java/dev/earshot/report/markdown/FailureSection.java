package dev.earshot.report.markdown;

import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.MeasurementRow;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.layout.Findings;
import dev.earshot.report.layout.Plays;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    Map<String, FindingRow> shown = new HashMap<>();
    List<FailureSection> sections = new ArrayList<>();
    for (FindingRow finding : failed) {
      String plays = playbook(finding).withoutHosts();
      List<FindingRow> same = alike.getOrDefault(plays, List.of());
      @Nullable FindingRow first = same.isEmpty() ? null : shown.putIfAbsent(plays, finding);
      sections.add(first == null ? first(finding, same) : further(finding, first));
    }
    return sections;
  }

  /// @param alike those with the same playbook, itself among them; none without a playbook
  private static FailureSection first(FindingRow finding, List<FindingRow> alike) {
    Set<String> hosts =
        alike.stream()
            .flatMap(one -> playbook(one).hosts().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Plays plays = playbook(finding);
    return of(
        finding,
        alike.isEmpty()
            ? Optional.empty()
            : Optional.of(Fence.of("yaml", (hosts.size() > 1 ? plays.with(hosts) : plays).text())),
        hosts.size() > 1 ? "Playbook for " + named(alike) : "Playbook",
        Optional.empty());
  }

  /// @param first whose playbook mends this one, too
  private static FailureSection further(FindingRow finding, FindingRow first) {
    return of(finding, Optional.empty(), "Playbook", Optional.of(first.subject().label()));
  }

  private static FailureSection of(
      FindingRow finding,
      Optional<Markdown> playbook,
      String playbookTitle,
      Optional<String> playbookOf) {
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
        playbook,
        playbookTitle,
        playbookOf);
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

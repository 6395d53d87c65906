package dev.earshot.report.html;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.layout.Doubt;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.Findings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The findings, those of one check and verdict together: what hundreds of hosts have in common is
/// said once.
///
/// @param groups failures first, the worst before the others
/// @param hosts that findings are about, for the filter
public record CheckGroups(
    List<Group> groups, List<Choice> verdicts, List<Choice> severities, List<String> hosts) {

  private static final List<Choice> VERDICTS =
      List.of(
          new Choice("fail", "failed", 0),
          new Choice("waived", "waived", 0),
          new Choice("unknown", "not known", 0),
          new Choice("pass", "passed", 0),
          new Choice("notApplicable", "not applicable", 0));

  private static final List<String> SEVERITIES =
      List.of("critical", "high", "medium", "low", "info");

  public CheckGroups {
    groups = List.copyOf(groups);
    verdicts = List.copyOf(verdicts);
    severities = List.copyOf(severities);
    hosts = List.copyOf(hosts);
  }

  /// Something to filter by.
  ///
  /// @param value as rows carry it
  /// @param count of findings
  public record Choice(String value, String label, int count) {}

  /// The findings of one check that have one verdict, or all that are not known.
  ///
  /// @param word what became of it: the severity of a failure, else the verdict
  /// @param remedy of several failures, where the same mends all of them
  public record Group(
      String check,
      String title,
      String why,
      String verdict,
      String word,
      Optional<String> remedy,
      List<Row> rows) {

    public Group {
      rows = List.copyOf(rows);
    }
  }

  /// One finding, or several that one gap in the evidence leaves open.
  ///
  /// @param because without the subject, which stands before it
  /// @param checks ids of those left open; empty where the group is of one check
  /// @param severities of all of them, with blanks between
  /// @param hosts their numbers in the list of hosts, with blanks between
  /// @param count of findings
  public record Row(
      FindingRow finding,
      String because,
      List<String> measured,
      String checks,
      String severities,
      String hosts,
      int count) {

    public Row {
      measured = List.copyOf(measured);
    }

    /// Whether there is something to unfold.
    public boolean hasEvidence() {
      return !measured.isEmpty()
          || finding.failed()
          || finding.waiver().isPresent()
          || finding.remedy().stream().anyMatch(remedy -> !remedy.commands().isEmpty());
    }
  }

  private record Key(String severity, String check) {}

  static CheckGroups of(AuditReport report) {
    return of(report.findings());
  }

  static CheckGroups of(List<FindingRow> findings) {
    Map<String, Integer> numbers = new TreeMap<>();
    findings.stream()
        .flatMap(finding -> finding.subject().hosts().stream())
        .forEach(host -> numbers.put(host, 0));
    int number = 0;
    for (Map.Entry<String, Integer> host : numbers.entrySet()) {
      host.setValue(number++);
    }
    return new CheckGroups(
        VERDICTS.stream()
            .flatMap(verdict -> groups(verdict, with(findings, verdict.value()), numbers))
            .toList(),
        VERDICTS.stream()
            .map(choice ->
                counted(
                    choice.value(),
                    choice.label(),
                    findings,
                    finding -> finding.verdict().equals(choice.value())))
            .toList(),
        SEVERITIES.stream()
            .map(
                severity -> // failures alone, as in the summary
                counted(
                        severity,
                        severity,
                        findings,
                        finding -> finding.failed() && finding.severity().equals(severity)))
            .toList(),
        List.copyOf(numbers.keySet()));
  }

  private static String numbers(FindingRow finding, Map<String, Integer> numbers) {
    return finding.subject().hosts().stream()
        .distinct()
        .map(host -> String.valueOf(numbers.get(host)))
        .collect(Collectors.joining(" "));
  }

  private static List<FindingRow> with(List<FindingRow> findings, String verdict) {
    return findings.stream().filter(finding -> finding.verdict().equals(verdict)).toList();
  }

  private static Stream<Group> groups(
      Choice verdict, List<FindingRow> findings, Map<String, Integer> numbers) {
    if (findings.isEmpty()) {
      return Stream.empty();
    }
    return verdict.value().equals("unknown")
        ? Stream.of(open(verdict, findings, numbers))
        : by(findings, finding -> new Key(finding.severity(), finding.check()))
            .map(rows -> group(verdict, rows, numbers));
  }

  /// What could not be judged is told by what was missing, not by each check that missed it.
  private static Group open(
      Choice verdict, List<FindingRow> findings, Map<String, Integer> numbers) {
    record Missing(String subject, String because) {}
    return new Group(
        "",
        "What could not be judged",
        "Never taken for good: where evidence is missing, so is the verdict.",
        verdict.value(),
        verdict.label(),
        Optional.empty(),
        by(findings, finding -> new Missing(finding.subject().label(), finding.because()))
            .map(same -> open(same, numbers))
            .toList());
  }

  private static Row open(List<FindingRow> same, Map<String, Integer> numbers) {
    return new Row(
        same.getFirst(),
        Findings.because(same.getFirst()),
        List.of(),
        Doubt.of(same).getFirst().inFull(),
        same.stream().map(FindingRow::severity).distinct().collect(Collectors.joining(" ")),
        numbers(same.getFirst(), numbers),
        same.size());
  }

  /// In the order in which they first appear.
  private static Stream<List<FindingRow>> by(
      List<FindingRow> findings, Function<FindingRow, Object> key) {
    Map<Object, List<FindingRow>> groups = new LinkedHashMap<>();
    findings.forEach(
        finding -> groups.computeIfAbsent(key.apply(finding), _ -> new ArrayList<>()).add(finding));
    return groups.values().stream();
  }

  private static Choice counted(
      String value, String label, List<FindingRow> findings, Predicate<FindingRow> which) {
    return new Choice(value, label, Math.toIntExact(findings.stream().filter(which).count()));
  }

  private static Group group(Choice verdict, List<FindingRow> rows, Map<String, Integer> numbers) {
    FindingRow first = rows.getFirst();
    return new Group(
        first.check(),
        first.title(),
        first.why(),
        first.verdict(),
        first.failed() ? first.severity() : verdict.label(),
        remedy(rows),
        rows.stream().map(row -> row(row, numbers)).toList());
  }

  private static Optional<String> remedy(List<FindingRow> rows) {
    List<Optional<String>> summaries =
        rows.stream().map(row -> row.remedy().map(RemedyRow::summary)).distinct().toList();
    return rows.size() > 1 && rows.getFirst().failed() && summaries.size() == 1
        ? summaries.getFirst()
        : Optional.empty();
  }

  private static Row row(FindingRow finding, Map<String, Integer> numbers) {
    return new Row(
        finding,
        Findings.because(finding),
        finding.measured().stream()
            .map(measured ->
                "%s = %s%s, by %s"
                    .formatted(
                        measured.name(),
                        Figures.plain(measured.value()),
                        measured.limit().stream()
                            .mapToObj(limit -> " (limit " + Figures.plain(limit) + ")")
                            .findFirst()
                            .orElse(""),
                        measured.by()))
            .toList(),
        "",
        finding.severity(),
        numbers(finding, numbers),
        1);
  }
}

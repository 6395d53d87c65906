package dev.earshot.report;

import dev.earshot.catalogue.Checks;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Verdict;
import dev.earshot.drift.Change;
import dev.earshot.drift.Change.State;
import dev.earshot.drift.Drift;
import dev.earshot.report.AuditReport.BaselineRow;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puts the difference from a baseline into the words of the report. Both are judged by today's
/// checks, so that a new check is no difference.
final class BaselineRows {

  private BaselineRows() {}

  static BaselineRow of(Fleet baseline, Fleet now) {
    List<Change> changes = Drift.between(baseline, now).changes();
    Set<String> resolved = Set.copyOf(keys(changes, State.RESOLVED));
    List<Finding> absent =
        Checks.judge(baseline).stream()
            .filter(finding -> finding.failed() && resolved.contains(finding.key()))
            .toList();
    List<Finding> findings = Checks.judge(now);
    Set<String> failing = keys(findings.stream().filter(Finding::failed));
    return new BaselineRow(
        baseline.evidence().takenAt().truncatedTo(ChronoUnit.SECONDS).toString(),
        Stream.concat(
                keys(changes, State.NEW).stream().filter(failing::contains),
                newlyWaived(Checks.judge(baseline), findings))
            .toList(),
        keys(changes, State.REGRESSED, State.IMPROVED).stream().filter(failing::contains).toList(),
        new FindingRows(baseline).of(absent),
        baseline.hosts().stream()
            .filter(host -> host.unreachable().isPresent())
            .map(host -> host.name().value())
            .toList());
  }

  /// What is waived is no drift, but a result that was not there.
  private static Stream<String> newlyWaived(List<Finding> before, List<Finding> now) {
    Set<String> there =
        keys(before.stream().filter(finding -> finding.failed() || isWaived(finding)));
    return now.stream()
        .filter(BaselineRows::isWaived)
        .map(Finding::key)
        .filter(key -> !there.contains(key));
  }

  private static boolean isWaived(Finding finding) {
    return finding.verdict() instanceof Verdict.Waived;
  }

  private static Set<String> keys(Stream<Finding> findings) {
    return findings.map(Finding::key).collect(Collectors.toSet());
  }

  private static List<String> keys(List<Change> changes, State... states) {
    return changes.stream()
        .filter(change -> Set.of(states).contains(change.state()))
        .map(Change::key)
        .toList();
  }
}

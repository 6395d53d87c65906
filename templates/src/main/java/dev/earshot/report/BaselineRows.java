package dev.earshot.report;

import dev.earshot.catalogue.Checks;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.drift.Change;
import dev.earshot.drift.Change.State;
import dev.earshot.drift.Drift;
import dev.earshot.report.AuditReport.BaselineRow;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
    Set<String> failing =
        Checks.judge(now).stream()
            .filter(Finding::failed)
            .map(Finding::key)
            .collect(Collectors.toSet());
    return new BaselineRow(
        baseline.evidence().takenAt().truncatedTo(ChronoUnit.SECONDS).toString(),
        keys(changes, State.NEW).stream().filter(failing::contains).toList(),
        keys(changes, State.REGRESSED, State.IMPROVED).stream().filter(failing::contains).toList(),
        new FindingRows(baseline).of(absent));
  }

  private static List<String> keys(List<Change> changes, State... states) {
    return changes.stream()
        .filter(change -> Set.of(states).contains(change.state()))
        .map(Change::key)
        .toList();
  }
}

package dev.earshot.drift;

import dev.earshot.check.Finding;
import dev.earshot.check.Severity;
import dev.earshot.check.Verdict;
import dev.earshot.drift.Change.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What failed and does no longer, or does now. Only failures count: a path without requests at
/// night is unknown, not resolved, and is no news either.
final class FindingChanges {

  private FindingChanges() {}

  static List<Change> between(List<Finding> before, List<Finding> now) {
    Map<String, Finding> failed = new LinkedHashMap<>();
    before.stream()
        .filter(Finding::failed)
        .forEach(finding -> failed.putIfAbsent(finding.key(), finding));
    return now.stream()
        .flatMap(
            finding -> change(Optional.ofNullable(failed.get(finding.key())), finding).stream())
        .toList();
  }

  private static Optional<Change> change(Optional<Finding> failed, Finding is) {
    return switch (is.verdict()) {
      case Verdict.Fail _ when failed.isEmpty() ->
          Optional.of(new Change(State.NEW, is.key(), is.severity().label() + ": " + told(is)));
      case Verdict.Fail _ ->
          failed
              .map(Finding::severity)
              .filter(was -> was != is.severity())
              .map(was -> otherSeverity(was, is));
      case Verdict.Pass _ -> failed.map(_ -> new Change(State.RESOLVED, is.key(), told(is)));
      case Verdict.NotApplicable _ ->
          failed.map(_ -> new Change(State.RESOLVED, is.key(), "no longer applies: " + told(is)));
      case Verdict.Unknown _ -> Optional.empty();
    };
  }

  private static Change otherSeverity(Severity was, Finding is) {
    return new Change(
        is.severity().isAtLeast(was) ? State.REGRESSED : State.IMPROVED,
        is.key(),
        "%s, was %s: %s".formatted(is.severity().label(), was.label(), told(is)));
  }

  private static String told(Finding finding) {
    return finding.verdict().because();
  }
}

package dev.earshot.drift;

import dev.earshot.check.Finding;
import dev.earshot.check.Severity;
import dev.earshot.check.Verdict;
import dev.earshot.drift.Change.State;
import dev.earshot.evidence.HostName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What failed and does no longer, or does now, or does still. Only failures count: a path without
/// requests at night is unknown, not resolved, and is no news either.
final class FindingChanges {

  private FindingChanges() {}

  static List<Change> between(List<Finding> before, List<Finding> now) {
    Map<String, Finding> failed = new LinkedHashMap<>();
    before.stream()
        .filter(Finding::failed)
        .forEach(finding -> failed.putIfAbsent(finding.key(), finding));
    List<Change> changes = new ArrayList<>();
    for (Finding finding : now) {
      change(Optional.ofNullable(failed.remove(finding.key())), finding).ifPresent(changes::add);
    }
    failed.values().forEach(gone -> resolved(gone, now).ifPresent(changes::add));
    return changes;
  }

  /// Some checks name the thing that fails, a setting say, and the host alone where all is well.
  private static Optional<Change> resolved(Finding gone, List<Finding> now) {
    List<Finding> same =
        now.stream()
            .filter(finding -> finding.check().id().equals(gone.check().id()))
            .filter(finding -> first(finding).equals(first(gone)))
            .toList();
    boolean open = same.stream().anyMatch(finding -> finding.verdict() instanceof Verdict.Unknown);
    return same.isEmpty() || open
        ? Optional.empty()
        : Optional.of(new Change(State.RESOLVED, gone.key(), "no longer: " + told(gone)));
  }

  private static Optional<HostName> first(Finding finding) {
    return finding.subject().hosts().stream().findFirst();
  }

  private static Optional<Change> change(Optional<Finding> failed, Finding is) {
    return switch (is.verdict()) {
      case Verdict.Fail _ when failed.isEmpty() ->
          Optional.of(new Change(State.NEW, is.key(), is.severity().label() + ": " + told(is)));
      case Verdict.Fail _ -> failed.map(Finding::severity).map(was -> stillFailing(was, is));
      case Verdict.Pass _ -> failed.map(_ -> new Change(State.RESOLVED, is.key(), told(is)));
      case Verdict.NotApplicable _ ->
          failed.map(_ -> new Change(State.RESOLVED, is.key(), "no longer applies: " + told(is)));
      case Verdict.Waived _, Verdict.Unknown _ -> Optional.empty();
    };
  }

  private static Change stillFailing(Severity was, Finding is) {
    if (was == is.severity()) {
      return new Change(State.UNCHANGED, is.key(), is.severity().label() + ": " + told(is));
    }
    return new Change(
        is.severity().isAtLeast(was) ? State.REGRESSED : State.IMPROVED,
        is.key(),
        "%s, was %s: %s".formatted(is.severity().label(), was.label(), told(is)));
  }

  private static String told(Finding finding) {
    return finding.verdict().because();
  }
}

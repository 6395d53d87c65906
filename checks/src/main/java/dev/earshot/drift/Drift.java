package dev.earshot.drift;

import dev.earshot.check.Fleet;
import dev.earshot.drift.Change.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The differences between two audits, the worst first.
///
/// @param unchanged what fails now as it did before
public record Drift(List<Change> changes, List<Change> unchanged) {

  public Drift {
    changes = changes.stream().sorted(Comparator.comparing(Change::state)).toList();
    unchanged = List.copyOf(unchanged);
  }

  public static Drift between(Fleet old, Fleet current) {
    Judged before = Judged.of(old);
    Judged now = Judged.of(current);
    List<Change> findings = FindingChanges.between(before.findings(), now.findings());
    List<Change> changes = new ArrayList<>();
    changes.addAll(HostChanges.between(before.evidence(), now.evidence()));
    changes.addAll(TroubleChanges.between(before.evidence(), now.evidence()));
    changes.addAll(findings.stream().filter(one -> one.state() != State.UNCHANGED).toList());
    changes.addAll(SettingChanges.between(before.evidence(), now.evidence()));
    changes.addAll(HbaChanges.between(before.evidence(), now.evidence()));
    changes.addAll(HaProxyChanges.between(before.evidence(), now.evidence()));
    changes.addAll(RoundTripChanges.between(before.fleet().topology(), now.fleet().topology()));
    return new Drift(
        changes, findings.stream().filter(one -> one.state() == State.UNCHANGED).toList());
  }
}

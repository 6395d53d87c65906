package dev.earshot.drift;

import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The differences between two audits, the worst first.
///
/// @param failing that fail now as they did before
public record Drift(List<Change> changes, int failing) {

  public Drift {
    changes = changes.stream().sorted(Comparator.comparing(Change::state)).toList();
  }

  public static Drift between(Fleet old, Fleet current) {
    Judged before = Judged.of(old);
    Judged now = Judged.of(current);
    List<Change> changes = new ArrayList<>();
    changes.addAll(HostChanges.between(before.evidence(), now.evidence()));
    changes.addAll(TroubleChanges.between(before.evidence(), now.evidence()));
    List<Change> findings = FindingChanges.between(before.findings(), now.findings());
    changes.addAll(findings);
    changes.addAll(SettingChanges.between(before.evidence(), now.evidence()));
    changes.addAll(RoundTripChanges.between(before.fleet().topology(), now.fleet().topology()));
    long failing = now.findings().stream().filter(Finding::failed).count();
    long moved =
        findings.stream().filter(change -> change.state() != Change.State.RESOLVED).count();
    return new Drift(changes, Math.toIntExact(failing - moved));
  }
}

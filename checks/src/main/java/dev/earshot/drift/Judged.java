package dev.earshot.drift;

import dev.earshot.catalogue.Checks;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.evidence.FleetEvidence;
import java.util.List;

/// An audit with what the checks of today say of it, so that a new check is no drift.
record Judged(Fleet fleet, List<Finding> findings) {

  Judged {
    findings = List.copyOf(findings);
  }

  static Judged of(Fleet fleet) {
    return new Judged(fleet, Checks.judge(fleet));
  }

  FleetEvidence evidence() {
    return fleet.evidence();
  }
}

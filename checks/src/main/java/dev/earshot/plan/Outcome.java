package dev.earshot.plan;

import dev.earshot.check.Finding;
import dev.earshot.check.Severity;
import dev.earshot.check.Verdict;
import java.util.List;

/// Whether to move.
public enum Outcome {
  GO("go"),
  NO_GO("no-go"),
  UNKNOWN("unknown");

  /// The least severe condition that decides.
  private static final Severity DECIDES = Severity.HIGH;

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  /// `no-go`
  public String label() {
    return label;
  }

  /// A reason against the move outweighs what is not known: it is there whatever the rest would
  /// show.
  static Outcome of(List<Finding> findings) {
    if (findings.stream().anyMatch(Outcome::forbids)) {
      return NO_GO;
    }
    return findings.stream().anyMatch(Outcome::leavesOpen) ? UNKNOWN : GO;
  }

  /// Whether a finding alone is a reason not to move.
  public static boolean forbids(Finding finding) {
    return finding.failed() && finding.severity().isAtLeast(DECIDES);
  }

  /// Whether a finding alone keeps the move from being called good.
  public static boolean leavesOpen(Finding finding) {
    return finding.verdict() instanceof Verdict.Unknown
        && finding.check().severity().isAtLeast(DECIDES);
  }
}

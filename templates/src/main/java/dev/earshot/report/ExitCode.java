package dev.earshot.report;

import dev.earshot.check.Severity;
import java.util.Arrays;

/// What a run says to the shell that started it.
public enum ExitCode {
  /// Nothing failed at or above the severity that was asked for.
  CLEAN(0),
  /// Something did.
  FINDINGS(1),
  /// Wrong use, or input that can't be read.
  USAGE(2),
  /// A host or probe could not be asked, or there was no host, and nothing failed.
  INCOMPLETE(3),
  /// The state differs from the baseline.
  DRIFT(4);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }

  /// What an audit ends with. A failure outweighs what could not be asked: it is there whatever the
  /// rest would have shown.
  ///
  /// @param failOn the least severe failure that counts
  public static ExitCode of(AuditReport report, Severity failOn) {
    boolean failed =
        report.findings().stream()
            .filter(AuditReport.FindingRow::failed)
            .anyMatch(finding -> severity(finding.severity()).isAtLeast(failOn));
    if (failed) {
      return FINDINGS;
    }
    return report.hosts().isEmpty() || !report.troubles().isEmpty() ? INCOMPLETE : CLEAN;
  }

  /// What a plan ends with: go, no-go, or neither.
  public static ExitCode of(PlanReport report) {
    return switch (report.verdict()) {
      case "go" -> CLEAN;
      case "no-go" -> FINDINGS;
      default -> INCOMPLETE;
    };
  }

  /// The severity of that label.
  static Severity severity(String label) {
    return Arrays.stream(Severity.values())
        .filter(severity -> severity.label().equals(label))
        .findFirst()
        .orElseThrow();
  }
}

package dev.earshot.report.layout;

import dev.earshot.check.Severity;
import dev.earshot.report.AuditReport;
import java.util.Optional;

/// An audit's result in a word. It says that something failed, or that the audit is incomplete,
/// where the exit code does so by default; what is milder is called by its severity.
public enum Outcome {
  /// Something critical or high.
  FAIL("Fail"),
  /// Medium at worst, and all was asked, as in what follows.
  MEDIUM("Medium"),
  /// Low at worst.
  LOW("Low"),
  /// For information only.
  INFO("Info"),
  /// Nothing critical or high failed, and something could not be asked.
  INCOMPLETE("Incomplete"),
  /// Nothing failed, and all was asked.
  PASS("Pass");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  /// Capitalised.
  public String word() {
    return word;
  }

  public static Outcome of(AuditReport report) {
    Optional<Severity> worst = report.summary().worst();
    if (worst.filter(severity -> severity.isAtLeast(Severity.HIGH)).isPresent()) {
      return FAIL;
    } else if (report.hosts().isEmpty() || !report.troubles().isEmpty()) {
      return INCOMPLETE;
    }
    return worst.map(Outcome::named).orElse(PASS);
  }

  private static Outcome named(Severity worst) {
    return switch (worst) {
      case CRITICAL, HIGH -> FAIL;
      case MEDIUM -> MEDIUM;
      case LOW -> LOW;
      case INFO -> INFO;
    };
  }
}

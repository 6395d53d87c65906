package dev.earshot.report.layout;

import dev.earshot.check.Severity;
import dev.earshot.report.AuditReport;
import java.util.Optional;

/// An audit's result in a word. It says that something failed where the exit code does so by
/// default; what is milder is called by its severity.
public enum Outcome {
  /// Something critical or high.
  FAIL("Fail"),
  /// Medium at worst.
  MEDIUM("Medium"),
  /// Low at worst.
  LOW("Low"),
  /// For information only.
  INFO("Info"),
  /// Nothing failed, and something could not be asked.
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
    if (worst.isPresent()) {
      return switch (worst.get()) {
        case CRITICAL, HIGH -> FAIL;
        case MEDIUM -> MEDIUM;
        case LOW -> LOW;
        case INFO -> INFO;
      };
    }
    return report.verdict().equals("pass") ? PASS : INCOMPLETE;
  }
}

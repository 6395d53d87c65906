package dev.earshot.check;

import java.util.Locale;

/// How much a failed check matters, worst first.
public enum Severity {
  /// The service suffers now, or loses data.
  CRITICAL,
  /// It will, or a promise that people rely on does not hold.
  HIGH,
  /// Worth mending at the next opportunity.
  MEDIUM,
  /// Worth knowing before a change.
  LOW,
  /// No more than a fact.
  INFO;

  /// `critical`
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isAtLeast(Severity other) {
    return compareTo(other) <= 0;
  }
}

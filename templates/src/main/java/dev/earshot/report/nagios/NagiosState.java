package dev.earshot.report.nagios;

import dev.earshot.check.Severity;
import dev.earshot.report.AuditReport;
import dev.earshot.report.ExitCode;

/// What a plugin tells its scheduler, by the Monitoring Plugins' guidelines ("Plugin Return
/// Codes").
public enum NagiosState {
  OK(0),
  WARNING(1),
  CRITICAL(2),
  UNKNOWN(3);

  private final int status;

  NagiosState(int status) {
    this.status = status;
  }

  /// The plugin's exit code.
  public int status() {
    return status;
  }

  /// Critical and high findings are critical, medium ones a warning. Only then it counts whether
  /// all could be asked; low ones alarm nobody.
  public static NagiosState of(AuditReport report) {
    if (ExitCode.of(report, Severity.HIGH) == ExitCode.FINDINGS) {
      return CRITICAL;
    }
    return switch (ExitCode.of(report, Severity.MEDIUM)) {
      case FINDINGS -> WARNING;
      case CLEAN -> OK;
      case INCOMPLETE, USAGE, DRIFT -> UNKNOWN;
    };
  }
}

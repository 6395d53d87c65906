package dev.earshot.report.html;

import dev.earshot.report.AuditReport;
import dev.earshot.report.PlanReport;

/// The result in a word.
///
/// @param css its class: `bad`, `good` or `open`
public record Verdict(String word, String css) {

  static Verdict of(AuditReport report) {
    return switch (report.verdict()) {
      case "fail" -> new Verdict("Fail", "bad");
      case "pass" -> new Verdict("Pass", "good");
      default -> new Verdict("Incomplete", "open");
    };
  }

  static Verdict of(PlanReport report) {
    return switch (report.verdict()) {
      case "go" -> new Verdict("Go", "good");
      case "no-go" -> new Verdict("No-go", "bad");
      default -> new Verdict("Unknown", "open");
    };
  }
}

package dev.earshot.report.html;

import dev.earshot.report.AuditReport;
import dev.earshot.report.PlanReport;
import dev.earshot.report.layout.Outcome;

/// The result in a word.
///
/// @param css its class: `bad`, `good` or `open`
public record Verdict(String word, String css) {

  static Verdict of(AuditReport report) {
    Outcome outcome = Outcome.of(report);
    return new Verdict(
        outcome.word(),
        switch (outcome) {
          case FAIL -> "bad";
          case MEDIUM, LOW, INFO, INCOMPLETE -> "open";
          case PASS -> "good";
        });
  }

  static Verdict of(PlanReport report) {
    return switch (report.verdict()) {
      case "go" -> new Verdict("Go", "good");
      case "no-go" -> new Verdict("No-go", "bad");
      default -> new Verdict("Unknown", "open");
    };
  }
}

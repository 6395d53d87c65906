package dev.earshot.report.layout;

import dev.earshot.report.AuditReport.Summary;
import java.util.ArrayList;
import java.util.List;

/// How many findings there are, in a line.
public final class Counts {

  private Counts() {}

  /// `1 critical, 2 medium · 14 passed, 1 unknown, 3 not applicable`, with `waived` where some are
  public static String of(Summary summary) {
    List<String> failed = new ArrayList<>();
    add(failed, summary.critical(), "critical");
    add(failed, summary.high(), "high");
    add(failed, summary.medium(), "medium");
    add(failed, summary.low(), "low");
    add(failed, summary.info(), "info");
    return "%s · %s%d passed, %d unknown, %d not applicable"
        .formatted(
            failed.isEmpty() ? "no findings" : String.join(", ", failed),
            summary.waived() > 0 ? summary.waived() + " waived, " : "",
            summary.pass(),
            summary.unknown(),
            summary.notApplicable());
  }

  private static void add(List<String> counts, int number, String what) {
    if (number > 0) {
      counts.add(number + " " + what);
    }
  }
}

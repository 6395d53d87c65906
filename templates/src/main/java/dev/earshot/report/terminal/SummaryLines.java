package dev.earshot.report.terminal;

import dev.earshot.report.AuditReport;
import dev.earshot.report.layout.Counts;
import dev.earshot.report.layout.Figures;
import java.util.ArrayList;
import java.util.List;

/// The verdict in a sentence, and the counts behind it.
final class SummaryLines {

  private final Page page;

  SummaryLines(Page page) {
    this.page = page;
  }

  List<String> of(AuditReport report) {
    List<String> lines =
        new ArrayList<>(
            page.paragraph(
                0,
                "Earshot %s · %s · window %s · %s"
                    .formatted(
                        report.earshotVersion(),
                        Figures.count(report.hosts().size(), "host"),
                        Figures.seconds(report.windowSeconds()),
                        report.takenAt()),
                Style.FAINT));
    lines.addAll(
        page.paragraph(
            0,
            "Profile %s: %s".formatted(report.profile().name(), report.profile().because()),
            Style.FAINT));
    report
        .declared()
        .forEach(one ->
            lines.addAll(
                page.paragraph(
                    0,
                    "%s:%d: %s".formatted(one.location().file(), one.location().line(), one.told()),
                    Style.FAINT)));
    lines.add("");
    lines.addAll(
        page.labelled(word(report.verdict()), style(report), report.headline(), Style.HEADING));
    lines.addAll(page.labelled("", Style.PLAIN, Counts.of(report.summary()), Style.PLAIN));
    return lines;
  }

  private static String word(String verdict) {
    return switch (verdict) {
      case "fail" -> "FAIL";
      case "pass" -> "PASS";
      default -> "INCOMPLETE";
    };
  }

  private static Style style(AuditReport report) {
    return switch (report.verdict()) {
      case "fail" -> report.summary().critical() > 0 ? Style.CRITICAL : Style.HIGH;
      case "pass" -> Style.GOOD;
      default -> Style.OPEN;
    };
  }
}

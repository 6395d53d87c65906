package dev.earshot.report.terminal;

import dev.earshot.report.AuditReport;
import dev.earshot.report.layout.Counts;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    lines.addAll(page.labelled(word(report), style(report), report.headline(), Style.HEADING));
    lines.addAll(page.labelled("", Style.PLAIN, Counts.of(report.summary()), Style.PLAIN));
    return lines;
  }

  private static String word(AuditReport report) {
    return Outcome.of(report).word().toUpperCase(Locale.ROOT);
  }

  private static Style style(AuditReport report) {
    return switch (Outcome.of(report)) {
      case FAIL -> report.summary().critical() > 0 ? Style.CRITICAL : Style.HIGH;
      case MEDIUM -> Style.MEDIUM;
      case LOW -> Style.LOW;
      case INFO -> Style.INFO;
      case PASS -> Style.GOOD;
      case INCOMPLETE -> Style.OPEN;
    };
  }
}

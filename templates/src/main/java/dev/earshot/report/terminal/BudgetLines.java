package dev.earshot.report.terminal;

import dev.earshot.report.BudgetRow;
import dev.earshot.report.BudgetRow.PartRow;
import dev.earshot.report.BudgetRow.SuspectRow;
import dev.earshot.report.BudgetRow.WhatIfRow;
import dev.earshot.report.layout.BudgetWords;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.Width;
import java.util.ArrayList;
import java.util.List;

/// Where one request's milliseconds go, what would change that, and what is cleared by it.
final class BudgetLines {

  private static final int MOST_UNKNOWN = 5;

  /// What `saves 12.3 ms` takes.
  private static final int GAIN = 15;

  private final Page page;

  BudgetLines(Page page) {
    this.page = page;
  }

  /// The budgets that are known, each with its heading.
  List<List<String>> known(List<BudgetRow> budgets) {
    return budgets.stream()
        .filter(budget -> budget.unknown().isEmpty())
        .map(
            budget -> page.section("Where a request's time goes: " + budget.label(), known(budget)))
        .toList();
  }

  /// Why the others are not.
  List<String> unknown(List<BudgetRow> budgets) {
    List<BudgetRow> unknown =
        budgets.stream().filter(budget -> budget.unknown().isPresent()).toList();
    return page.first(
        MOST_UNKNOWN, unknown.stream().map(this::unknown).toList(), "without a budget");
  }

  private List<String> unknown(BudgetRow budget) {
    List<String> lines =
        new ArrayList<>(
            page.labelled(
                "unknown",
                Style.OPEN,
                budget.unknown().orElse("")
                    + BudgetWords.distance(budget).map(text -> ". " + text).orElse("."),
                Style.PLAIN));
    budget.suspects().forEach(suspect -> lines.addAll(suspect(suspect)));
    return lines;
  }

  private List<String> known(BudgetRow budget) {
    List<String> lines = new ArrayList<>();
    lines.addAll(waterfall(budget));
    lines.add("");
    BudgetWords.of(budget).forEach(text -> lines.addAll(page.paragraph(2, text, Style.PLAIN)));
    lines.add("");
    lines.add("  " + page.heading("What would help, most first"));
    budget.whatIfs().forEach(whatIf -> lines.addAll(whatIf(budget, whatIf)));
    lines.add("");
    lines.add("  " + page.heading("Suspects"));
    budget.suspects().forEach(suspect -> lines.addAll(suspect(suspect)));
    return lines;
  }

  /// Each part's bar begins where the one before it ended: together they are the request.
  private List<String> waterfall(BudgetRow budget) {
    int title = budget.parts().stream().mapToInt(part -> Width.of(part.title())).max().orElse(0);
    int room = page.options().width() - title - 22;
    List<String> lines = new ArrayList<>();
    double start = 0;
    for (PartRow part : budget.parts()) {
      int from = (int) Math.round(start * room);
      start = Math.min(1, start + part.ratio());
      int length = Math.max((int) Math.round(start * room) - from, 0);
      String bar = length > 0 ? "█".repeat(length) : part.ms() > 0 ? "▏" : "";
      lines.add(
          "  %s %s %s %s"
              .formatted(
                  Width.padRight(part.title(), title),
                  " ".repeat(Math.min(from, room - 1))
                      + page.paint(style(part), bar)
                      + " ".repeat(Math.max(0, room - Math.min(from, room - 1) - bar.length())),
                  Width.padLeft(Figures.ms(part.ms()), 9),
                  Width.padLeft(Figures.percent(part.ratio()), 6)));
    }
    return lines;
  }

  private static Style style(PartRow part) {
    if (part.id().equals("unexplained")) {
      return Style.FAINT;
    }
    return part.ratio() >= 0.5 ? Style.HIGH : part.ratio() >= 0.1 ? Style.MEDIUM : Style.GOOD;
  }

  private List<String> whatIf(BudgetRow budget, WhatIfRow whatIf) {
    List<String> lines = new ArrayList<>();
    String gain = Figures.gain(whatIf.savesMs());
    boolean helps = gain.startsWith("saves ") && whatIf.savesMs() > 0;
    lines.addAll(
        page.labelled(
            GAIN,
            gain,
            helps ? Style.GOOD : Style.FAINT,
            whatIf.title() + (helps ? BudgetWords.after(budget, whatIf) : ""),
            Style.PLAIN));
    lines.addAll(page.paragraph(GAIN + 2, whatIf.because(), Style.FAINT));
    return lines;
  }

  private List<String> suspect(SuspectRow suspect) {
    String label =
        switch (suspect.judgement()) {
          case "cause" -> "CAUSE";
          case "part" -> "part of it";
          case "cleared" -> "cleared";
          default -> "unknown";
        };
    return page.labelled(
        label,
        style(suspect.judgement()),
        "%s: %s%s".formatted(suspect.title(), suspect.because(), look(suspect)),
        Style.PLAIN);
  }

  private static String look(SuspectRow suspect) {
    return suspect
        .next()
        .map(look -> "; to see it, on %s: %s".formatted(look.host(), look.command()))
        .orElse("");
  }

  private static Style style(String judgement) {
    return switch (judgement) {
      case "cause" -> Style.HIGH;
      case "part" -> Style.MEDIUM;
      case "cleared" -> Style.GOOD;
      default -> Style.OPEN;
    };
  }
}

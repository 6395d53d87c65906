package dev.earshot.report.html;

import dev.earshot.report.BudgetRow;
import dev.earshot.report.BudgetRow.LookRow;
import dev.earshot.report.BudgetRow.PartRow;
import dev.earshot.report.BudgetRow.SuspectRow;
import dev.earshot.report.BudgetRow.WhatIfRow;
import dev.earshot.report.layout.Band;
import dev.earshot.report.layout.BudgetWords;
import dev.earshot.report.layout.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where one request's time goes, part after part, with what would help and what is cleared.
///
/// @param request its whole time
/// @param ceiling what a sender gets that waits for each answer
/// @param today what these two are
/// @param sentences what the parts mean
public record Waterfall(
    String label,
    String request,
    String ceiling,
    String today,
    List<Part> parts,
    List<String> sentences,
    List<Change> changes,
    List<Suspect> suspects) {

  /// What saves less than a tenth of a request is no part of its slowness, as with suspects.
  private static final double WORTH_SAYING = 0.1;

  public Waterfall {
    parts = List.copyOf(parts);
    sentences = List.copyOf(sentences);
    changes = List.copyOf(changes);
    suspects = List.copyOf(suspects);
  }

  /// One part.
  ///
  /// @param css what it is; `far` where it is the way to a database that is too far
  /// @param start where its bar begins, behind all parts before it
  /// @param length of its bar
  public record Part(
      String css, String title, String time, String percent, String start, String length) {}

  /// One thing changed.
  ///
  /// @param css `saves`, `little` where that is less than a tenth, `costs` or `nothing`
  /// @param length of the bar: the share of a request that it saves
  public record Change(
      String title,
      String gain,
      String css,
      String length,
      String request,
      String ceiling,
      String because) {}

  public record Suspect(
      String title, String judgement, String css, String because, Optional<LookRow> next) {}

  static Waterfall of(BudgetRow budget) {
    return new Waterfall(
        budget.label(),
        BudgetWords.requestMs(budget, budget.requestMs().orElse(0)),
        BudgetWords.perSecond(budget, budget.serialCeilingPerSecond()),
        budget.exact() ? "as measured today" : "by the known parts; nothing measured the whole",
        parts(budget),
        BudgetWords.of(budget),
        budget.whatIfs().stream().map(whatIf -> change(budget, whatIf)).toList(),
        suspects(budget));
  }

  static List<Suspect> suspects(BudgetRow budget) {
    return budget.suspects().stream().map(Waterfall::suspect).toList();
  }

  private static List<Part> parts(BudgetRow budget) {
    List<Part> parts = new ArrayList<>();
    double start = 0;
    for (PartRow part : budget.parts()) {
      parts.add(
          new Part(
              css(part, budget),
              part.title(),
              Figures.ms(part.ms()),
              Figures.percent(part.ratio()),
              Bars.share(start),
              Bars.share(part.ratio())));
      start += part.ratio();
    }
    return parts;
  }

  private static String css(PartRow part, BudgetRow budget) {
    return part.id().equals("database-network") && Band.of(budget.rttMs()).isFar()
        ? "far"
        : part.id();
  }

  private static Change change(BudgetRow budget, WhatIfRow whatIf) {
    double request = budget.requestMs().orElse(0);
    return new Change(
        whatIf.title(),
        Figures.gain(whatIf.savesMs()),
        css(whatIf, request),
        Bars.share(request > 0 ? whatIf.savesMs() / request : 0),
        BudgetWords.requestMs(budget, whatIf.requestMs()),
        BudgetWords.perSecond(budget, whatIf.serialCeilingPerSecond()),
        whatIf.because());
  }

  private static String css(WhatIfRow whatIf, double request) {
    if (whatIf.savesMs() > 0 && whatIf.savesMs() >= WORTH_SAYING * request) {
      return "saves";
    } else if (Figures.gain(whatIf.savesMs()).equals(Figures.gain(0))) {
      return "nothing";
    }
    return whatIf.savesMs() > 0 ? "little" : "costs";
  }

  private static Suspect suspect(SuspectRow suspect) {
    String judgement =
        switch (suspect.judgement()) {
          case "cause" -> "the cause";
          case "part" -> "a part of it";
          case "cleared" -> "cleared";
          default -> "not known";
        };
    return new Suspect(
        suspect.title(), judgement, suspect.judgement(), suspect.because(), suspect.next());
  }
}

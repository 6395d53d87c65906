package dev.earshot.report.markdown;

import dev.earshot.report.BudgetRow;
import dev.earshot.report.BudgetRow.LookRow;
import dev.earshot.report.BudgetRow.PartRow;
import dev.earshot.report.BudgetRow.SuspectRow;
import dev.earshot.report.BudgetRow.WhatIfRow;
import dev.earshot.report.layout.BudgetWords;
import dev.earshot.report.layout.Figures;
import java.util.List;
import java.util.Optional;

/// One path's budget, as the template wants it.
///
/// @param unknown why there is none; then only the distance is known
/// @param parts where the time goes, a table
/// @param sentences what the parts mean
/// @param suspects a table; of an unknown budget those that need no count of requests
public record BudgetSection(
    String label,
    Optional<String> unknown,
    Optional<String> distance,
    Markdown parts,
    List<String> sentences,
    Markdown whatIfs,
    Markdown suspects,
    boolean hasSuspects) {

  private static final int BAR = 20;

  public BudgetSection {
    sentences = List.copyOf(sentences);
  }

  static BudgetSection of(BudgetRow budget) {
    return new BudgetSection(
        budget.label(),
        budget.unknown(),
        BudgetWords.distance(budget),
        Table.of(
            List.of("Part", " Time", " Share", "Of the request"),
            budget.parts().stream().map(BudgetSection::part).toList()),
        budget.unknown().isPresent() ? List.of() : BudgetWords.of(budget),
        Table.of(
            List.of("Change", "Gain", " A request then", " A serial sender gets", "Because"),
            budget.whatIfs().stream().map(whatIf -> whatIf(budget, whatIf)).toList()),
        Table.ofMarkdown(
            List.of("Suspect", "Verdict", "Because"),
            budget.suspects().stream().map(BudgetSection::suspect).toList()),
        !budget.suspects().isEmpty());
  }

  private static List<String> part(PartRow part) {
    return List.of(
        part.title(),
        Figures.ms(part.ms()),
        Figures.percent(part.ratio()),
        "█".repeat((int) Math.round(Math.min(1, part.ratio()) * BAR)));
  }

  private static List<String> whatIf(BudgetRow budget, WhatIfRow whatIf) {
    return List.of(
        whatIf.title(),
        Figures.gain(whatIf.savesMs()),
        BudgetWords.requestMs(budget, whatIf.requestMs()),
        BudgetWords.perSecond(budget, whatIf.serialCeilingPerSecond()),
        whatIf.because());
  }

  private static List<String> suspect(SuspectRow suspect) {
    String verdict =
        switch (suspect.judgement()) {
          case "cause" -> "the cause";
          case "part" -> "a part of it";
          case "cleared" -> "not the cause";
          default -> "not known";
        };
    return List.of(
        MarkdownEscaping.escape(suspect.title()),
        verdict,
        MarkdownEscaping.escape(suspect.because())
            + suspect.next().map(BudgetSection::look).orElse(""));
  }

  /// A pipe would end the table's cell, even within code.
  private static String look(LookRow look) {
    return "; to see it, on %s: `%s`"
        .formatted(MarkdownEscaping.escape(look.host()), look.command().replace("|", "\\|"));
  }
}

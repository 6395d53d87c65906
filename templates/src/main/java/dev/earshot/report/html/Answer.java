package dev.earshot.report.html;

import dev.earshot.report.AuditReport;
import dev.earshot.report.BudgetRow;
import dev.earshot.report.BudgetRow.WhatIfRow;
import dev.earshot.report.layout.BudgetWords;
import dev.earshot.report.layout.Figures;
import java.util.Comparator;
import java.util.Optional;

/// The one change that would help most, for the top of the page.
///
/// @param because how the figure comes about
/// @param share of the request's time that is left, as a width
public record Answer(
    String path,
    String change,
    String because,
    String saves,
    String now,
    String nowRate,
    String then,
    String thenRate,
    String share) {

  /// What saves less than half of a request is not the cause of its slowness, as with suspects.
  private static final double MOST = 0.5;

  private record Candidate(BudgetRow budget, WhatIfRow whatIf) {
    double now() {
      return budget.requestMs().orElse(0);
    }
  }

  static Optional<Answer> of(AuditReport report) {
    return report.budgets().stream()
        .flatMap(budget -> budget.whatIfs().stream().map(whatIf -> new Candidate(budget, whatIf)))
        .filter(one -> one.now() > 0 && one.whatIf().savesMs() >= MOST * one.now())
        .max(Comparator.comparingDouble(one -> one.whatIf().savesMs()))
        .map(Answer::of);
  }

  private static Answer of(Candidate one) {
    WhatIfRow whatIf = one.whatIf();
    return new Answer(
        one.budget().label(),
        whatIf.title(),
        whatIf.because(),
        Figures.gain(whatIf.savesMs()),
        BudgetWords.requestMs(one.budget(), one.now()),
        BudgetWords.perSecond(one.budget(), one.budget().serialCeilingPerSecond()),
        BudgetWords.requestMs(one.budget(), whatIf.requestMs()),
        BudgetWords.perSecond(one.budget(), whatIf.serialCeilingPerSecond()),
        Bars.share(whatIf.requestMs() / one.now()));
  }
}

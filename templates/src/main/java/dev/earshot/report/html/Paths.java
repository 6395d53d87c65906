package dev.earshot.report.html;

import dev.earshot.report.AuditReport;
import dev.earshot.report.BudgetRow;
import dev.earshot.report.BudgetRow.SuspectRow;
import dev.earshot.report.layout.BudgetWords;
import dev.earshot.report.layout.Figures;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The ways of requests, the slowest first.
///
/// @param shown in full
/// @param others the faster ones, a line each
/// @param unknown those whose budget is not known, the farthest first
public record Paths(List<Waterfall> shown, List<Brief> others, List<Open> unknown) {

  /// More than these, in full, bury the answer.
  private static final int MOST = 8;

  public Paths {
    shown = List.copyOf(shown);
    others = List.copyOf(others);
    unknown = List.copyOf(unknown);
  }

  /// One path in a line.
  ///
  /// @param cause the suspects that are causes or parts
  public record Brief(
      String label, String request, String rtt, String calls, String ceiling, String cause) {}

  /// One path whose budget is not known.
  ///
  /// @param distance how far the database is, where at least that is known
  /// @param suspects those that need no count of requests
  public record Open(
      String label, String because, Optional<String> distance, List<Waterfall.Suspect> suspects) {

    public Open {
      suspects = List.copyOf(suspects);
    }
  }

  static Paths of(AuditReport report) {
    List<BudgetRow> known =
        report.budgets().stream()
            .filter(budget -> budget.unknown().isEmpty())
            .sorted(Comparator.comparingDouble(budget -> -budget.requestMs().orElse(0)))
            .toList();
    return new Paths(
        known.stream().limit(MOST).map(Waterfall::of).toList(),
        known.stream().skip(MOST).map(Paths::brief).toList(),
        report.budgets().stream()
            .filter(budget -> budget.unknown().isPresent())
            .sorted(Comparator.comparingDouble(budget -> -budget.rttMs().orElse(0)))
            .flatMap(budget -> open(budget).stream())
            .toList());
  }

  private static Brief brief(BudgetRow budget) {
    List<String> causes =
        budget.suspects().stream()
            .filter(one -> one.judgement().equals("cause") || one.judgement().equals("part"))
            .map(SuspectRow::title)
            .toList();
    return new Brief(
        budget.label(),
        BudgetWords.requestMs(budget, budget.requestMs().orElse(0)),
        Bars.ms(budget.rttMs()),
        budget.roundTripsPerRequest().stream().mapToObj(Figures::one).findFirst().orElse("?"),
        BudgetWords.perSecond(budget, budget.serialCeilingPerSecond()),
        causes.isEmpty() ? "none" : String.join(", ", causes));
  }

  /// Whether they would push what is known out of sight.
  public boolean manyUnknown() {
    return unknown.size() > MOST;
  }

  private static Optional<Open> open(BudgetRow budget) {
    return budget
        .unknown()
        .map(because ->
            new Open(
                budget.label(),
                because.startsWith(budget.label() + ": ")
                    ? because.substring(budget.label().length() + ": ".length())
                    : because,
                BudgetWords.distance(budget),
                Waterfall.suspects(budget)));
  }
}

package dev.earshot.report.layout;

import dev.earshot.report.BudgetRow;
import dev.earshot.report.BudgetRow.WhatIfRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The sentences around a budget, the same in every format.
public final class BudgetWords {

  /// Of reports that do not say whose clock it was: there was only one.
  private static final String BY_BALANCER = "the load balancer (its mean over up to 1024 requests)";

  private BudgetWords() {}

  /// What is measured and what explained, who counted, and what it means for a serial sender; for
  /// budgets that are known.
  public static List<String> of(BudgetRow budget) {
    return Stream.of(Optional.of(request(budget)), Optional.of(roundTrips(budget)), ceiling(budget))
        .flatMap(Optional::stream)
        .toList();
  }

  private static String request(BudgetRow budget) {
    String rate =
        "%s came, counted by %s"
            .formatted(
                Figures.rate(budget.requestsPerSecond().orElse(0)),
                budget.requestsBy().orElse("nobody"));
    return budget.exact()
        ? "A request takes %s, measured by %s; the parts explain %s of it. %s."
            .formatted(
                Figures.ms(budget.measuredRequestMs().orElse(0)),
                budget.measuredBy().orElse(BY_BALANCER),
                Figures.percent(budget.explainedRatio().orElse(0)),
                rate)
        : "A request takes at least %s, the sum of its known parts; nothing measured the whole. %s."
            .formatted(Figures.ms(budget.requestMs().orElse(0)), rate);
  }

  private static String roundTrips(BudgetRow budget) {
    String others =
        budget.opinions().stream()
            .map(opinion ->
                "%s by %s".formatted(Figures.one(opinion.roundTripsPerRequest()), opinion.by()))
            .collect(Collectors.joining(", "));
    return "%s ± %s round trips a request, counted by the %s, of %s each.%s"
        .formatted(
            Figures.one(budget.roundTripsPerRequest().orElse(0)),
            Figures.one(budget.roundTripsUncertainty().orElse(0)),
            budget.roundTripsBy().orElse("nobody"),
            Figures.ms(budget.rttMs().orElse(0)),
            others.isEmpty()
                ? " There is no second opinion."
                : " Second opinions: " + others + ".");
  }

  private static Optional<String> ceiling(BudgetRow budget) {
    return budget.serialCeilingPerSecond().stream()
        .mapToObj(most ->
            "A sender that waits for each answer gets %s%s%s."
                .formatted(ceiling(budget, most), atOnce(budget, most), arrivals(budget)))
        .findFirst();
  }

  private static String ceiling(BudgetRow budget, double most) {
    return Figures.rate(most)
        + (budget.exact() || budget.arrivalPerSecond().isEmpty() ? "" : " at most");
  }

  private static String atOnce(BudgetRow budget, double serial) {
    int sends = budget.sendsAtOnce().orElse(1);
    return sends == 1
        ? ""
        : ", one with %d requests under way %s at most"
            .formatted(sends, Figures.rate(serial * sends));
  }

  private static String arrivals(BudgetRow budget) {
    if (budget.arrivalPerSecond().isEmpty()) {
      return " at most";
    }
    String arrive = "; %s arrive".formatted(Figures.rate(budget.arrivalPerSecond().getAsDouble()));
    if (budget.fallingBehindPerSecond().isEmpty() && !budget.exact()) {
      return arrive + ": whether it keeps up is not known";
    }
    return budget.fallingBehindPerSecond().isPresent()
        ? arrive
            + ": falling behind by about %s per second, never catches up"
                .formatted(Figures.one(budget.fallingBehindPerSecond().getAsDouble()))
        : arrive
            + (budget.sendsAtOnce().orElse(1) == 1
                ? ": it keeps up"
                : ": it keeps up if they are as fast together");
  }

  /// How far the database is, where nothing more is known of a path.
  public static Optional<String> distance(BudgetRow budget) {
    return budget.rttMs().stream()
        .mapToObj(rtt ->
            "A round trip from %s to %s takes %s."
                .formatted(
                    budget.path().get(budget.path().size() - 2),
                    budget.path().getLast(),
                    Figures.ms(rtt)))
        .findFirst();
  }

  /// ` → 65.9 ms a request, 15.2/s`
  public static String after(BudgetRow budget, WhatIfRow whatIf) {
    return " → %s a request%s"
        .formatted(
            requestMs(budget, whatIf.requestMs()),
            whatIf.serialCeilingPerSecond().isPresent()
                ? ", " + perSecond(budget, whatIf.serialCeilingPerSecond())
                : "");
  }

  /// A request's time, today's or another: `65.9 ms`; `≥ 65.9 ms` where nothing measured today's.
  public static String requestMs(BudgetRow budget, double milliseconds) {
    return (budget.exact() ? "" : "≥ ") + Figures.ms(milliseconds);
  }

  /// What a serial sender gets: `15.2/s`; `≤ 15.2/s` where nothing measured a request.
  public static String perSecond(BudgetRow budget, OptionalDouble most) {
    return most.isPresent()
        ? (budget.exact() ? "" : "≤ ") + Figures.rate(most.getAsDouble())
        : "no limit";
  }
}

package dev.earshot.report;

import static dev.earshot.report.ReportAssembly.millis;
import static dev.earshot.report.ReportAssembly.round;

import dev.earshot.budget.CacheCalls;
import dev.earshot.budget.LatencyBudget;
import dev.earshot.budget.RequestCost;
import dev.earshot.budget.Suspect;
import dev.earshot.budget.WhatIf;
import dev.earshot.evidence.Arrivals;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.report.BudgetRow.LookRow;
import dev.earshot.report.BudgetRow.OpinionRow;
import dev.earshot.report.BudgetRow.PartRow;
import dev.earshot.report.BudgetRow.SuspectRow;
import dev.earshot.report.BudgetRow.WhatIfRow;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Puts budgets into the words of the report.
final class BudgetRows {

  /// One request a microsecond: the resolution of what is measured.
  private static final double FASTEST = 1_000_000;

  private BudgetRows() {}

  static BudgetRow of(LatencyBudget budget) {
    return switch (budget.cost()) {
      case Evidence.Collected<RequestCost>(RequestCost cost) -> known(budget, cost);
      case Evidence.Uncollected<RequestCost>(String reason) -> unknown(budget, reason);
      case Evidence.Absent<RequestCost>() -> unknown(budget, "no requests take this path");
    };
  }

  private static BudgetRow known(LatencyBudget budget, RequestCost cost) {
    return new BudgetRow(
        path(budget),
        Optional.empty(),
        some(cost.requests().rate().perSecond()),
        Optional.of(cost.requests().by()),
        some(cost.roundTrips().perRequest()),
        some(cost.roundTrips().uncertainty()),
        Optional.of(cost.roundTrips().by()),
        some(cost.rtt()),
        some(cost.network()),
        isKnown(budget, "queries") ? some(cost.execution()) : OptionalDouble.empty(),
        isKnown(budget, "commit") ? some(cost.commit()) : OptionalDouble.empty(),
        millis(cost.commitIfOn()),
        millis(cost.measured().map(_ -> cost.unexplained())),
        some(cost.requestTime()),
        millis(cost.measured()),
        cost.whole().map(RequestCost.Whole::by),
        cost.explainedRatio().stream().mapToDouble(ReportAssembly::round).findFirst(),
        rate(cost.serialCeiling().perSecond()),
        budget.arrivals().stream()
            .mapToDouble(arrivals -> round(arrivals.rate().perSecond()))
            .findFirst(),
        budget.arrivals().stream().mapToInt(Arrivals::atOnce).findFirst(),
        budget.arrivals().stream()
            .mapToDouble(arrivals -> arrivals.behind(cost.serialCeiling()))
            .filter(behind -> behind > 0)
            .map(ReportAssembly::round)
            .findFirst(),
        parts(budget, cost),
        cost.opinions().stream()
            .map(opinion -> new OpinionRow(opinion.by(), round(opinion.roundTripsPerRequest())))
            .toList(),
        budget.whatIfs().stream().map(BudgetRows::whatIf).toList(),
        budget.suspects().stream().map(BudgetRows::suspect).toList());
  }

  private static BudgetRow unknown(LatencyBudget budget, String reason) {
    OptionalDouble none = OptionalDouble.empty();
    return new BudgetRow(
        path(budget),
        Optional.of(reason),
        none,
        Optional.empty(),
        none,
        none,
        Optional.empty(),
        millis(budget.rtt()),
        none,
        none,
        none,
        none,
        none,
        none,
        none,
        Optional.empty(),
        none,
        none,
        none,
        OptionalInt.empty(),
        none,
        List.of(),
        List.of(),
        List.of(),
        budget.suspects().stream().map(BudgetRows::suspect).toList());
  }

  private static List<String> path(LatencyBudget budget) {
    return budget.path().hosts().stream().map(HostName::value).toList();
  }

  /// What could not be measured is no part: its time is in the unexplained rest.
  private static List<PartRow> parts(LatencyBudget budget, RequestCost cost) {
    return Stream.of(
            part(cost, "queue", "waiting in the load balancer", cost.queue().orElse(Duration.ZERO)),
            part(cost, "balancer-network", "load balancer to backend and back", cost.balancer()),
            part(cost, "database-network", "round trips to the database", cost.databaseNetwork()),
            part(cost, "cache-network", "round trips to the cache", cost.caches().network()),
            part(cost, "database", "executing in the database", cost.execution()),
            part(cost, "commit", "waiting for commits", cost.commit()),
            part(
                cost,
                "computing",
                "computing in the backend",
                cost.computing().orElse(Duration.ZERO)),
            part(cost, "stolen", "standing still for other guests", cost.stolen()),
            part(cost, "unexplained", "everything else", cost.unexplained()))
        .filter(part -> !part.id().equals("queue") || cost.queue().isPresent())
        .filter(part -> !part.id().equals("unexplained") || cost.measured().isPresent())
        .filter(part -> !part.id().equals("cache-network") || isAsked(cost.caches()))
        .filter(part -> !part.id().equals("computing") || cost.computing().isPresent())
        .filter(part -> !part.id().equals("stolen") || cost.stolenAtMost().isPresent())
        .filter(part -> !part.id().equals("database") || isKnown(budget, "queries"))
        .filter(part -> !part.id().equals("commit") || isKnown(budget, "commit"))
        .toList();
  }

  private static boolean isAsked(CacheCalls caches) {
    return caches.isAsked() && caches.isTold();
  }

  private static boolean isKnown(LatencyBudget budget, String suspect) {
    return budget.suspects().stream()
        .noneMatch(one -> one.id().equals(suspect) && one.judgement() == Suspect.Judgement.UNKNOWN);
  }

  private static PartRow part(RequestCost cost, String id, String title, Duration time) {
    double whole = Math.max(Millis.of(cost.requestTime()), Millis.of(cost.sum()));
    return new PartRow(
        id, title, round(Millis.of(time)), whole > 0 ? round(Millis.of(time) / whole) : 0);
  }

  private static WhatIfRow whatIf(WhatIf whatIf) {
    return new WhatIfRow(
        whatIf.id(),
        whatIf.title(),
        whatIf.because(),
        round(Millis.of(whatIf.request())),
        round(Millis.of(whatIf.saves())),
        rate(whatIf.ceiling().perSecond()));
  }

  private static SuspectRow suspect(Suspect suspect) {
    return new SuspectRow(
        suspect.id(),
        suspect.title(),
        suspect.judgement().name().toLowerCase(Locale.ROOT),
        suspect.because(),
        suspect.next().map(look -> new LookRow(look.on().value(), look.command())));
  }

  /// A request that takes no measurable time has no ceiling.
  private static OptionalDouble rate(double perSecond) {
    return perSecond < FASTEST ? some(perSecond) : OptionalDouble.empty();
  }

  private static OptionalDouble some(Duration duration) {
    return some(Millis.of(duration));
  }

  private static OptionalDouble some(double value) {
    return OptionalDouble.of(round(value));
  }
}

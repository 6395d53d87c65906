package dev.earshot.report;

import static dev.earshot.report.ReportAssembly.millis;
import static dev.earshot.report.ReportAssembly.round;

import dev.earshot.budget.RequestCost;
import dev.earshot.budget.WhatIf;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Rate;
import dev.earshot.plan.Difference;
import dev.earshot.plan.Forecast;
import dev.earshot.plan.MeasuredRtt;
import dev.earshot.plan.Move;
import dev.earshot.plan.Outcome;
import dev.earshot.plan.Plan;
import dev.earshot.plan.Route;
import dev.earshot.report.AuditReport.TroubleRow;
import dev.earshot.report.PlanReport.ForecastRow;
import dev.earshot.report.PlanReport.MoveRow;
import dev.earshot.report.PlanReport.RouteRow;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Judges a move and puts the result into the words of the report.
public final class PlanAssembly {

  private PlanAssembly() {}

  /// The same for the same evidence, on any machine.
  ///
  /// @param version of Earshot that judges
  public static PlanReport before(Fleet fleet, Move move, String version) {
    return report(fleet, Plan.of(fleet, move), version);
  }

  /// The same after the move.
  ///
  /// @param planned the fleet before it, if it was kept
  public static PlanReport after(Fleet fleet, Move move, Optional<Fleet> planned, String version) {
    return report(fleet, Plan.accept(fleet, move, planned), version);
  }

  private static PlanReport report(Fleet fleet, Plan plan, String version) {
    return new PlanReport(
        PlanReport.SCHEMA,
        fleet.evidence().takenAt().truncatedTo(ChronoUnit.SECONDS).toString(),
        Millis.of(fleet.evidence().window()) / 1000,
        version,
        new MoveRow(plan.move().from().value(), plan.move().to().value()),
        plan.acceptance() ? "after" : "before",
        plan.outcome().label(),
        headline(plan),
        plan.routes().stream().map(PlanAssembly::route).toList(),
        plan.forecasts().stream().map(PlanAssembly::forecast).toList(),
        new FindingRows(fleet).of(plan.findings()),
        fleet.evidence().troubles().stream()
            .map(trouble ->
                new TroubleRow(trouble.host().value(), trouble.probe(), trouble.reason()))
            .toList());
  }

  private static String headline(Plan plan) {
    return switch (plan.outcome()) {
      case GO ->
          plan.acceptance()
              ? "The work of %s does well on %s%s."
                  .formatted(plan.move().from(), plan.move().to(), waived(plan))
              : "The work of %s would do well on %s%s%s."
                  .formatted(plan.move().from(), plan.move().to(), gain(plan), waived(plan));
      case NO_GO ->
          reasons(
              plan,
              plan.acceptance()
                  ? "The work of %s does not do well on %s"
                  : "Leave the work of %s where it is, rather than on %s",
              plan.findings().stream().filter(Outcome::forbids).toList());
      case UNKNOWN ->
          reasons(
              plan,
              "Whether the work of %s would do well on %s can't be told",
              plan.findings().stream().filter(Outcome::leavesOpen).toList());
    };
  }

  private static String gain(Plan plan) {
    return plan.forecasts().stream()
        .flatMap(forecast ->
            forecast.cost().collected().stream()
                .flatMap(cost ->
                    forecast.moved().collected().stream()
                        .map(moved ->
                            ": a request takes %s instead of %s"
                                .formatted(moved.requestWords(), cost.requestWords()))))
        .findFirst()
        .orElse("");
  }

  /// A move that is good only by somebody's word is not told as simply good.
  private static String waived(Plan plan) {
    long waived =
        plan.findings().stream()
            .filter(finding -> finding.verdict() instanceof Verdict.Waived)
            .count();
    return waived == 0
        ? ""
        : waived == 1
            ? ", but for a reason against it that is waived"
            : ", but for %d reasons against it that are waived".formatted(waived);
  }

  private static String reasons(Plan plan, String sentence, List<Finding> reasons) {
    return sentence.formatted(plan.move().from(), plan.move().to())
        + ": "
        + reasons.getFirst().verdict().because()
        + (reasons.size() > 1 ? " (and %d more)".formatted(reasons.size() - 1) : "")
        + ".";
  }

  private static RouteRow route(Route route) {
    return new RouteRow(
        route.asks() ? "to" : "from",
        route.peer().value(),
        route.port(),
        route.service(),
        route.connections(),
        millis(route.before().map(MeasuredRtt::value)),
        route.before().map(MeasuredRtt::method),
        millis(route.after().map(MeasuredRtt::value)),
        route.after().map(MeasuredRtt::method),
        rounded(route.callsPerRequest()),
        route.difference().map(difference -> Difference.of(difference, route.callsPerRequest())));
  }

  private static ForecastRow forecast(Forecast forecast) {
    Optional<RequestCost> cost = forecast.cost().collected();
    Optional<WhatIf> moved = forecast.moved().collected();
    return new ForecastRow(
        forecast.before().stream().map(HostName::value).toList(),
        forecast.after().stream().map(HostName::value).toList(),
        cost.flatMap(RequestCost::measured).isPresent(),
        moved.filter(WhatIf::exact).isPresent(),
        millis(cost.map(RequestCost::requestTime)),
        rounded(cost.map(RequestCost::serialCeiling).map(Rate::perSecond)),
        millis(moved.map(WhatIf::request)),
        rounded(moved.map(WhatIf::ceiling).map(Rate::perSecond)),
        switch (forecast.moved()) {
          case Evidence.Collected<WhatIf>(WhatIf known) ->
              known.because()
                  + (known.exact()
                      ? ""
                      : "; nothing measured a request as a whole, so its times are the least that it takes");
          case Evidence.Absent<WhatIf>() -> "nothing was predicted";
          case Evidence.Uncollected<WhatIf>(String reason) -> reason;
        });
  }

  private static OptionalDouble rounded(Optional<Double> value) {
    return value.stream().mapToDouble(number -> round(number)).findFirst();
  }
}

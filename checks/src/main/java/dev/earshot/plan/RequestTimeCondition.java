package dev.earshot.plan;

import dev.earshot.budget.RequestCost;
import dev.earshot.budget.WhatIf;
import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Measurement;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence.Absent;
import dev.earshot.evidence.Evidence.Collected;
import dev.earshot.evidence.Evidence.Uncollected;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Percent;
import java.time.Duration;
import java.util.List;

/// What a move is for, or what it costs: the time of a request, and what a serial sender gets.
///
/// Limit: less growth is lost in what a request's time varies by, and in what predictions err by.
final class RequestTimeCondition implements Condition {

  private static final Percent GROWTH = new Percent(10);

  /// Less is lost in the noise of any network.
  private static final Duration NOISE = Duration.ofMillis(1);

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.request-time",
        "Requests take at most 10 % longer after the move",
        Severity.HIGH,
        "A sender that waits for each answer gets one request per request time: what a move adds, every request pays.",
        new Card(
            List.of(
                "network.sockets",
                "network.pings",
                "network.tunnels",
                "haproxy.stats",
                "postgres.activity"),
            List.of(
                new Threshold(
                    "more than 10 %, and more than 1 ms: high",
                    "our own choice; of fifteen predictions in the lab twelve were within 15 % and all within 30 %; less than a millisecond is noise")),
            "earshot audit   # where a request's time goes today; plan adds the distances of the new host",
            "Move to a host that is nearer to what requests wait for."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    return situation.forecasts().isEmpty()
        ? List.of(
            Finding.of(
                info(),
                Subject.host(situation.move().from()),
                new Verdict.NotApplicable(
                    "%s is on no way of a request to a database"
                        .formatted(situation.move().from()))))
        : situation.forecasts().stream().map(forecast -> judge(situation, forecast)).toList();
  }

  private Finding judge(Situation situation, Forecast forecast) {
    Subject subject = new Subject.OfPath(forecast.after());
    return switch (forecast.moved()) {
      case Collected<WhatIf>(WhatIf moved) ->
          forecast
              .cost()
              .collected()
              .map(cost -> judge(situation, forecast, subject, cost, moved))
              .orElseGet(() -> unknown(subject, "no request was measured"));
      case Absent<WhatIf>() -> unknown(subject, "no request was measured");
      case Uncollected<WhatIf>(String reason) -> unknown(subject, reason);
    };
  }

  private Finding unknown(Subject subject, String reason) {
    return Finding.of(
        info(),
        subject,
        new Verdict.Unknown("%s: can't be predicted: %s".formatted(subject.label(), reason)));
  }

  private Finding judge(
      Situation situation, Forecast forecast, Subject subject, RequestCost cost, WhatIf moved) {
    Duration today = cost.requestTime();
    Duration more = moved.request().minus(today);
    String because =
        "%s: a request would take %s instead of %s on %s (%s%s), and a serial sender would get %s instead of %s; limit %s more"
            .formatted(
                subject.label(),
                moved.requestWords(),
                cost.requestWords(),
                Forecast.label(forecast.before()),
                Difference.signed(more),
                perCall(situation, cost),
                moved.ceilingWords(),
                cost.ceilingWords(),
                GROWTH);
    Measurement measured =
        Measurement.limited(
            "requestMs",
            Millis.of(moved.request()),
            Millis.of(today) * (1 + GROWTH.ratio()),
            "predicted");
    boolean slower =
        more.compareTo(NOISE) > 0 && Millis.ratio(moved.request(), today) > 1 + GROWTH.ratio();
    return slower
        ? Finding.of(info(), subject, new Verdict.Fail(Severity.HIGH, because), measured)
            .with(
                new Remedy(
                    "Leave the work on %s, or move what it waits for along: %s."
                        .formatted(situation.move().from(), moved.because()),
                    "",
                    List.of()))
        : Finding.of(info(), subject, new Verdict.Pass(because), measured);
  }

  /// `, +25 ms on 20 calls`
  private static String perCall(Situation situation, RequestCost cost) {
    return situation.routes().stream()
        .filter(Route::database)
        .filter(route -> route.callsPerRequest().isPresent())
        .filter(route -> route.callsPerRequest().get() == cost.roundTrips().perRequest())
        .flatMap(route ->
            route
                .difference()
                .map(difference -> ": " + Difference.of(difference, route.callsPerRequest()))
                .stream())
        .findFirst()
        .orElse("");
  }
}

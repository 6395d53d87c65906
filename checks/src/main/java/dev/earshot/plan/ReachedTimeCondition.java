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
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Holds what was promised before the move against what is measured after it.
final class ReachedTimeCondition implements Condition {

  private static final Percent TOLERANCE = new Percent(15);
  private static final Duration NOISE = Duration.ofMillis(1);

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.reached-time",
        "Requests take no longer than was predicted",
        Severity.MEDIUM,
        "A move that brings less than it promised has met something else: a setting, a cold cache, another bottleneck.",
        new Card(
            List.of("network.sockets", "haproxy.stats", "postgres.activity"),
            List.of(
                new Threshold(
                    "more than %s above the prediction: medium".formatted(TOLERANCE),
                    "twelve of fifteen predictions in the lab were as good, and all within 30 %")),
            "earshot audit   # where a request's time goes now",
            "Let earshot audit tell where the time goes, once caches are warm."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    return situation.forecasts().isEmpty()
        ? List.of(
            Finding.of(
                info(),
                Subject.host(situation.move().to()),
                new Verdict.NotApplicable(
                    "%s is on no way of a request to a database".formatted(situation.move().to()))))
        : situation.forecasts().stream().map(this::judge).toList();
  }

  private Finding judge(Forecast forecast) {
    Subject subject = new Subject.OfPath(forecast.after());
    if (forecast.cost() instanceof Evidence.Uncollected<RequestCost>(String reason)) {
      return Finding.of(info(), subject, new Verdict.Unknown(reason));
    }
    Optional<RequestCost> reached = forecast.cost().collected();
    Optional<WhatIf> promised = forecast.moved().collected();
    return reached.isPresent() && promised.isPresent()
        ? judge(subject, reached.get(), promised.get())
        : Finding.of(
            info(),
            subject,
            new Verdict.NotApplicable(
                "%s: a request takes %s; nothing was predicted (--before FILE gives the evidence from before the move)"
                    .formatted(
                        subject.label(),
                        reached.map(RequestCost::requestWords).orElse("an unknown time"))));
  }

  private Finding judge(Subject subject, RequestCost reached, WhatIf promised) {
    String because =
        "%s: a request takes %s; predicted were %s; limit %s more"
            .formatted(subject.label(), reached.requestWords(), promised.requestWords(), TOLERANCE);
    double limit = Millis.of(promised.request()) * (1 + TOLERANCE.ratio());
    Measurement measured =
        Measurement.limited("requestMs", Millis.of(reached.requestTime()), limit, "measured");
    boolean slower =
        Millis.of(reached.requestTime()) > limit
            && reached.requestTime().minus(promised.request()).compareTo(NOISE) > 0;
    boolean whole = reached.measured().isPresent();
    if (slower ? whole && !promised.exact() : !whole) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Unknown(
              "%s; nothing measured a request as a whole %s the move"
                  .formatted(because, slower ? "before" : "after")),
          measured);
    }
    return slower
        ? Finding.of(info(), subject, new Verdict.Fail(Severity.MEDIUM, because), measured)
            .with(
                new Remedy(
                    "Run earshot audit: its budget shows what takes the time now.", "", List.of()))
        : Finding.of(info(), subject, new Verdict.Pass(because), measured);
  }
}

package dev.earshot.budget;

import dev.earshot.evidence.Millis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a path's request takes once one of its hosts stands elsewhere: the same round trips over
/// other distances.
public final class Relocation {

  /// Where the host would stand.
  ///
  /// @param rtt of a round trip between backend and database
  /// @param source of that figure, as the end of a sentence
  /// @param balancer of a round trip between load balancer and backend; nothing where that stays
  /// @param caches what a request waits for caches; nothing where that is not known
  public record Target(
      Duration rtt, String source, Optional<Duration> balancer, Optional<Duration> caches) {}

  private final RequestCost cost;
  private final Target target;
  private final List<String> terms = new ArrayList<>();

  private Relocation(RequestCost cost, Target target) {
    this.cost = cost;
    this.target = target;
  }

  /// The same request after the change; costs time where that is longer.
  ///
  /// @param id stable name of the change
  /// @param title the change, as an instruction
  public static WhatIf whatIf(RequestCost cost, Target target, String id, String title) {
    return new Relocation(cost, target).whatIf(id, title);
  }

  private WhatIf whatIf(String id, String title) {
    Duration perCall = cost.rtt().minus(target.rtt());
    terms.add(
        "%.1f round trips of %s become %s each, %s"
            .formatted(
                cost.roundTrips().perRequest(),
                Millis.format(cost.rtt()),
                Millis.format(target.rtt()),
                target.source()));
    Duration saves =
        RequestCost.times(perCall, cost.roundTrips().perRequest())
            .plus(inFront())
            .plus(caches())
            .plus(waking(perCall));
    if (saves.isNegative()) {
      return WhatIf.costing(cost, saves.negated(), id, title, String.join("; ", terms));
    }
    double explained = cost.explainedRatio().orElse(1.0);
    if (explained > 1) {
      terms.add(
          "all of it reduced by %.1f %%, as the parts add up to more than the measured time"
              .formatted(100 - 100 / explained));
    } else {
      cost.inProportion().ifPresent(terms::add);
      saves = cost.withUnexplained(saves);
    }
    return WhatIf.saving(cost, saves, id, title, String.join("; ", terms));
  }

  private Duration inFront() {
    if (target.balancer().isEmpty()) {
      return Duration.ZERO;
    }
    Duration after = target.balancer().get();
    Duration saves = cost.balancer().minus(after);
    terms.add(
        "the load balancer's round trip, connecting included, %s from %s to %s"
            .formatted(
                saves.isNegative() ? "grows" : "shrinks",
                Millis.format(cost.balancer()),
                Millis.format(after)));
    return saves;
  }

  /// Where it is not known how far they are then, they count as far as now, and the term says so.
  private Duration caches() {
    if (!cost.caches().isAsked()) {
      return Duration.ZERO;
    } else if (target.caches().isEmpty() || !cost.caches().isTold()) {
      terms.add("the calls to caches count as now, as what they would take is not known");
      return Duration.ZERO;
    }
    Duration saves = cost.caches().network().minus(target.caches().get());
    if (!saves.isZero()) {
      terms.add(
          "the calls to caches %s from %s to %s"
              .formatted(
                  saves.isNegative() ? "grow" : "shrink",
                  Millis.format(cost.caches().network()),
                  Millis.format(target.caches().get())));
    }
    return saves;
  }

  private Duration waking(Duration lessWaiting) {
    Duration saves =
        Waking.saves(
            cost.computing().orElse(Duration.ZERO), cost.roundTrips().perRequest(), lessWaiting);
    if (!saves.isZero()) {
      terms.add(
          "computing %s by about %s, as work in short bursts between long waits is dearer"
              .formatted(saves.isNegative() ? "grows" : "shrinks", Millis.format(saves.abs())));
    }
    return saves;
  }
}

package dev.earshot.budget;

import dev.earshot.evidence.Millis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a path's request takes once one of its hosts stands elsewhere: the same round trips over
/// other distances.
public final class Relocation {

  private static final double LITTLE = 0.1;

  /// How much dearer the same work is in short bursts after pauses of [#PAUSE] than without them:
  /// caches are cold, the clock is low. In trials a shell's work took 1.6 times as much processor
  /// time, a Java backend's 2.9 to 3.4 times.
  private static final double WAKING_RATIO = 2;

  private static final Duration PAUSE = Duration.ofMillis(20);

  /// As long after a pause work is dearer: caches fill and clocks rise within about a millisecond.
  private static final Duration WAKING = Duration.ofMillis(1);

  /// Where the host would stand.
  ///
  /// @param rtt of a round trip between backend and database
  /// @param source of that figure, as the end of a sentence
  /// @param balancer of a round trip between load balancer and backend; nothing where that stays
  public record Target(Duration rtt, String source, Optional<Duration> balancer) {}

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
            .plus(waking(perCall));
    if (saves.isNegative()) {
      return WhatIf.costing(cost, saves.negated(), id, title, String.join("; ", terms));
    }
    double explained = cost.explainedRatio().orElse(1.0);
    if (explained > 1) {
      terms.add(
          "all of it reduced by %.1f %%, as the parts add up to more than the measured time"
              .formatted(100 - 100 / explained));
    } else if (isWakingOnly(explained)) {
      saves = RequestCost.times(saves, 1 / explained);
      terms.add(
          "the unexplained %s shrink in proportion".formatted(Millis.format(cost.unexplained())));
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

  /// What the backend's own work saves when each wait is shorter, or costs when it is longer: below
  /// [#PAUSE] in proportion.
  private Duration waking(Duration lessWaiting) {
    boolean shorter = !lessWaiting.isNegative();
    Duration computing = cost.computing().orElse(Duration.ZERO);
    Duration bursts = RequestCost.times(WAKING, cost.roundTrips().perRequest());
    // Once awake the same work takes a WAKING_RATIOth.
    Duration limit = shorter ? bursts : RequestCost.times(bursts, 1 / WAKING_RATIO);
    Duration burst = computing.compareTo(limit) < 0 ? computing : limit;
    double paused = Math.min(1, Millis.ratio(lessWaiting.abs(), PAUSE));
    double change = paused * (shorter ? 1 - 1 / WAKING_RATIO : 1 - WAKING_RATIO);
    Duration saves = RequestCost.times(burst, change);
    if (saves.isPositive()) {
      terms.add(
          "computing shrinks by about %s, as work in short bursts between long waits is dearer"
              .formatted(Millis.format(saves)));
    } else if (saves.isNegative()) {
      terms.add(
          "computing grows by about %s, as work in short bursts between long waits is dearer"
              .formatted(Millis.format(saves.negated())));
    }
    return saves;
  }

  /// What nothing explains: where computing was measured and little is left, it is the waking of
  /// hosts that waited, so it shrinks with the waiting. Otherwise it may be anything, and stays.
  private boolean isWakingOnly(double explained) {
    return cost.computing().isPresent() && explained < 1 && 1 - explained <= LITTLE;
  }
}

package dev.earshot.budget;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.topology.Link;
import dev.earshot.topology.Quantiles;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a path's request would take with its backend next to its database.
final class Colocation {

  /// Taken where no pair of hosts near the database was measured: usual within one datacenter.
  private static final Duration USUAL_LOCAL_RTT = Duration.ofNanos(500_000);

  private static final double LITTLE = 0.1;

  /// How much dearer the same work is in short bursts after pauses of [#PAUSE] than without them:
  /// caches are cold, the clock is low. In trials a shell's work took 1.6 times as much processor
  /// time, a Java backend's 2.9 to 3.4 times.
  private static final double WAKING_RATIO = 2;

  private static final Duration PAUSE = Duration.ofMillis(20);

  /// As long after a pause work is dearer: caches fill and clocks rise within about a millisecond.
  private static final Duration WAKING = Duration.ofMillis(1);

  private final Topology topology;
  private final RequestPath path;
  private final RequestCost cost;
  private final HostName database;

  Colocation(Topology topology, RequestPath path, RequestCost cost) {
    this.topology = topology;
    this.path = path;
    this.cost = cost;
    this.database = path.database().to();
  }

  WhatIf whatIf() {
    Optional<Duration> measured = localRtt();
    Duration near = measured.orElse(USUAL_LOCAL_RTT);
    Duration perCall = cost.rtt().minus(near);
    if (isNear() || !perCall.isPositive()) {
      return whatIf(
          Duration.ZERO,
          "they are next to each other already: a round trip takes " + Millis.format(cost.rtt()));
    }
    List<String> terms = new ArrayList<>();
    terms.add(
        "%.1f round trips of %s become %s each, %s"
            .formatted(
                cost.roundTrips().perRequest(),
                Millis.format(cost.rtt()),
                Millis.format(near),
                measured.isPresent()
                    ? "as measured between the hosts near " + database
                    : "the usual within one datacenter: nothing near it was measured"));
    Duration saves = RequestCost.times(perCall, cost.roundTrips().perRequest());
    Optional<Duration> inFront =
        path.loadBalancer()
            .flatMap(balancer -> topology.rtts().typical(balancer, database))
            .filter(after -> after.compareTo(cost.balancer()) < 0);
    if (inFront.isPresent()) {
      saves = saves.plus(cost.balancer().minus(inFront.get()));
      terms.add(
          "the load balancer's round trip, connecting included, shrinks from %s to %s"
              .formatted(Millis.format(cost.balancer()), Millis.format(inFront.get())));
    }
    Duration lessWaking = lessWaking(perCall);
    if (lessWaking.isPositive()) {
      saves = saves.plus(lessWaking);
      terms.add(
          "computing shrinks by about %s, as work in short bursts between long waits is dearer"
              .formatted(Millis.format(lessWaking)));
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
    return whatIf(saves, String.join("; ", terms));
  }

  /// What the backend's own work saves when each wait is shorter by so much: below [#PAUSE] in
  /// proportion.
  private Duration lessWaking(Duration lessWaiting) {
    Duration computing = cost.computing().orElse(Duration.ZERO);
    Duration bursts = RequestCost.times(WAKING, cost.roundTrips().perRequest());
    Duration dear = computing.compareTo(bursts) < 0 ? computing : bursts;
    double paused = Math.min(1, Millis.ratio(lessWaiting, PAUSE));
    return RequestCost.times(dear, paused * (1 - 1 / WAKING_RATIO));
  }

  private WhatIf whatIf(Duration saves, String because) {
    return WhatIf.saving(
        cost,
        saves,
        "colocate-backend",
        "move %s next to %s".formatted(path.backend(), database),
        because);
  }

  /// What nothing explains: where computing was measured and little is left, it is the waking of
  /// hosts that waited, so it shrinks with the waiting. Otherwise it may be anything, and stays.
  private boolean isWakingOnly(double explained) {
    return cost.computing().isPresent() && explained < 1 && 1 - explained <= LITTLE;
  }

  private boolean isNear() {
    return path.backend().equals(database)
        || topology
            .site(database)
            .filter(site -> site.hosts().contains(path.backend()))
            .isPresent();
  }

  /// The median of what was measured between different hosts of the database's site.
  private Optional<Duration> localRtt() {
    return Quantiles.median(
        topology.site(database).stream()
            .map(site -> Set.copyOf(site.hosts()))
            .flatMap(near -> topology.rtts().links().stream().filter(link -> within(link, near)))
            .filter(link -> link.method() == Link.Method.ICMP && !link.isFiltered())
            .flatMap(link -> link.median().stream())
            .toList());
  }

  private static boolean within(Link link, Set<HostName> hosts) {
    return hosts.contains(link.from())
        && hosts.contains(link.to())
        && !link.from().equals(link.to());
  }
}

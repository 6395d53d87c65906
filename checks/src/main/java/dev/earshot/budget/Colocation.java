package dev.earshot.budget;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.Optional;

/// What a path's request would take with its backend next to its database, and the pooler between
/// them, where there is one, no farther.
final class Colocation {

  /// Taken where no pair of hosts near the database was measured: usual within one datacenter.
  static final Duration USUAL_LOCAL_RTT = Duration.ofNanos(500_000);

  private final Topology topology;
  private final RequestPath path;
  private final RequestCost cost;
  private final HostName database;

  Colocation(Topology topology, RequestPath path, RequestCost cost) {
    this.topology = topology;
    this.path = path;
    this.cost = cost;
    this.database = path.lastLeg().to();
  }

  WhatIf whatIf() {
    Optional<Duration> measured = topology.site(database).flatMap(topology::rttWithin);
    Duration leg = measured.orElse(USUAL_LOCAL_RTT);
    Duration near = leg.plus(onward(leg));
    Duration perCall = cost.rtt().minus(near);
    if (isNear() || !perCall.isPositive()) {
      return WhatIf.saving(
          cost,
          Duration.ZERO,
          "colocate-backend",
          title(),
          "they are next to each other already: a round trip takes " + Millis.format(cost.rtt()));
    }
    Optional<Duration> inFront =
        path.loadBalancer()
            .flatMap(balancer -> topology.rtts().typical(balancer, database))
            .filter(after -> after.compareTo(cost.balancer()) < 0);
    String source =
        measured.isPresent()
            ? "as measured between the hosts near " + database
            : "the usual within one datacenter: nothing near it was measured";
    return Relocation.whatIf(
        cost,
        new Relocation.Target(near, source, inFront, cost.caches().with(this::toCache)),
        "colocate-backend",
        title());
  }

  private String title() {
    HostName pooler = path.database().to();
    return "move %s%s next to %s"
        .formatted(
            path.backend(),
            isNear(pooler) || pooler.equals(path.backend()) ? "" : " and its pooler on " + pooler,
            database);
  }

  /// What the pooler's leg takes then: as now, or as much as any near one.
  private Duration onward(Duration leg) {
    return path.onward()
        .flatMap(topology.rtts()::of)
        .map(now -> now.compareTo(leg) < 0 ? now : leg)
        .orElse(Duration.ZERO);
  }

  /// From there to a cache, which stays where it is unless it is on the backend.
  private Optional<Duration> toCache(CacheCalls.Asked asked) {
    HostName cache = asked.flow().to();
    if (cache.equals(path.backend())) {
      return asked.rtt();
    }
    return cache.equals(database)
        ? Optional.of(Duration.ZERO)
        : topology.rtts().typical(database, cache);
  }

  private boolean isNear() {
    return isNear(path.backend()) && isNear(path.database().to());
  }

  private boolean isNear(HostName host) {
    return host.equals(database)
        || topology.site(database).filter(site -> site.hosts().contains(host)).isPresent();
  }
}

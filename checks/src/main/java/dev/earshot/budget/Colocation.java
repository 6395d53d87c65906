package dev.earshot.budget;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.Optional;

/// What a path's request would take with its backend next to its database.
final class Colocation {

  /// Taken where no pair of hosts near the database was measured: usual within one datacenter.
  private static final Duration USUAL_LOCAL_RTT = Duration.ofNanos(500_000);

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
    Optional<Duration> measured = topology.site(database).flatMap(topology::rttWithin);
    Duration near = measured.orElse(USUAL_LOCAL_RTT);
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
        cost, new Relocation.Target(near, source, inFront), "colocate-backend", title());
  }

  private String title() {
    return "move %s next to %s".formatted(path.backend(), database);
  }

  private boolean isNear() {
    return path.backend().equals(database)
        || topology
            .site(database)
            .filter(site -> site.hosts().contains(path.backend()))
            .isPresent();
  }
}

package dev.earshot.budget;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Link;
import dev.earshot.topology.Quantiles;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What people try when requests are slow, each with what it would bring on this path.
final class WhatIfs {

  /// Taken where no pair of hosts near the database was measured: usual within one datacenter.
  private static final Duration USUAL_LOCAL_RTT = Duration.ofNanos(500_000);

  private static final double ALL_AT_WORK = 0.9;
  private static final double LITTLE = 0.1;

  private final Topology topology;
  private final RequestPath path;
  private final RequestCost cost;

  private WhatIfs(Topology topology, RequestPath path, RequestCost cost) {
    this.topology = topology;
    this.path = path;
    this.cost = cost;
  }

  /// Ranked by time saved.
  static List<WhatIf> of(Topology topology, RequestPath path, RequestCost cost) {
    WhatIfs whatIfs = new WhatIfs(topology, path, cost);
    List<WhatIf> all = new ArrayList<>();
    all.add(whatIfs.colocate());
    whatIfs.fasterDatabase().ifPresent(all::add);
    whatIfs.synchronousCommit().ifPresent(all::add);
    all.add(whatIfs.largerPool());
    path.loadBalancer().ifPresent(balancer -> all.add(whatIfs.secondBalancer(balancer)));
    return all.stream().sorted(Comparator.comparing(WhatIf::saves).reversed()).toList();
  }

  private WhatIf colocate() {
    HostName database = path.database().to();
    Optional<Duration> measured = localRtt(database);
    Duration near = measured.orElse(USUAL_LOCAL_RTT);
    Duration perCall = isNear(database) ? Duration.ZERO : atLeastZero(cost.rtt().minus(near));
    Duration inFront =
        path.loadBalancer()
            .flatMap(balancer -> topology.rtts().typical(balancer, database))
            .map(after -> cost.balancer().minus(after))
            .filter(Duration::isPositive)
            .filter(_ -> perCall.isPositive())
            .orElse(Duration.ZERO);
    Duration saves =
        withRest(RequestCost.times(perCall, cost.roundTrips().perRequest()).plus(inFront));
    return WhatIf.saving(
        cost,
        saves,
        "colocate-backend",
        "move %s next to %s".formatted(path.backend(), database),
        perCall.isPositive()
            ? "%.1f round trips of %s become %s each, %s"
                .formatted(
                    cost.roundTrips().perRequest(),
                    Millis.format(cost.rtt()),
                    Millis.format(near),
                    measured.isPresent()
                        ? "as measured between the hosts near " + database
                        : "the usual within one datacenter: nothing near it was measured")
            : "they are next to each other already: a round trip takes "
                + Millis.format(cost.rtt()));
  }

  /// What nothing explains: where computing was measured and little is left, it is the waking of
  /// hosts that waited, so it shrinks with the waiting. Otherwise it may be anything, and stays.
  private Duration withRest(Duration saves) {
    double explained = cost.explainedRatio().orElse(1.0);
    boolean wakingOnly = cost.computing().isPresent() && explained < 1 && 1 - explained <= LITTLE;
    return wakingOnly ? RequestCost.times(saves, 1 / explained) : saves;
  }

  /// Nothing where the database's counters could not be read: that is not the same as no time.
  private Optional<WhatIf> fasterDatabase() {
    return Databases.work(topology, path.database())
        .flatMap(DatabaseWork::execution)
        .map(_ ->
            WhatIf.saving(
                cost,
                cost.execution(),
                "faster-database",
                "a database that executes in no time",
                "all of a request's statements together execute for "
                    + Millis.format(cost.execution())));
  }

  private Optional<WhatIf> synchronousCommit() {
    return cost.commitIfOn()
        .map(flush ->
            cost.commit().isPositive()
                ? WhatIf.saving(
                    cost,
                    cost.commit(),
                    "synchronous-commit",
                    "turn synchronous_commit off",
                    "a request's commits wait %s for the disk; without, a crash loses the last ones"
                        .formatted(Millis.format(flush)))
                : WhatIf.costing(
                    cost,
                    flush,
                    "synchronous-commit",
                    "turn synchronous_commit on",
                    "a request's commits would wait about %s for the disk, and survive a crash"
                        .formatted(Millis.format(flush))));
  }

  /// A pool is too small when all its connections are at work and more requests are under way than
  /// it has connections; then what nothing else explains may be waiting for one.
  private WhatIf largerPool() {
    Flow flow = path.database();
    double atWork =
        Math.min(
            flow.connections(),
            cost.requests().rate().perSecond()
                * cost.roundTrips().perRequest()
                * Millis.of(cost.rtt())
                / 1000);
    double underWay = cost.requests().rate().perSecond() * Millis.of(cost.requestTime()) / 1000;
    boolean scarce =
        atWork >= flow.connections() * ALL_AT_WORK && underWay > flow.connections() / ALL_AT_WORK;
    return WhatIf.saving(
        cost,
        scarce ? cost.unexplained() : Duration.ZERO,
        "larger-pool",
        "a larger connection pool",
        "%d open %s, %.1f at work on average for %.1f requests under way: %s"
            .formatted(
                flow.connections(),
                flow.connections() == 1 ? "connection" : "connections",
                atWork,
                underWay,
                scarce
                    ? "at most what nothing else explains is waiting for a connection"
                    : "calls wait for each other, not for a connection"));
  }

  private WhatIf secondBalancer(HostName balancer) {
    return WhatIf.saving(
        cost,
        cost.queue(),
        "second-load-balancer",
        "a second load balancer",
        "requests wait %s in %s for a free slot"
            .formatted(
                cost.queue().isZero() ? "no measurable time" : Millis.format(cost.queue()),
                balancer));
  }

  private boolean isNear(HostName database) {
    return path.backend().equals(database)
        || topology
            .site(database)
            .filter(site -> site.hosts().contains(path.backend()))
            .isPresent();
  }

  /// The median of what was measured between different hosts of the database's site.
  private Optional<Duration> localRtt(HostName database) {
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

  private static Duration atLeastZero(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}

package dev.earshot.budget;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What people try when requests are slow, each with what it would bring on this path.
final class WhatIfs {

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
    new CacheColocation(topology, path, cost).whatIf().ifPresent(all::add);
    whatIfs.fasterDatabase().ifPresent(all::add);
    whatIfs.synchronousCommit().ifPresent(all::add);
    all.add(whatIfs.largerPool());
    path.loadBalancer()
        .flatMap(balancer -> cost.queue().map(queue -> whatIfs.secondBalancer(balancer, queue)))
        .ifPresent(all::add);
    return all.stream().sorted(Comparator.comparing(WhatIf::saves).reversed()).toList();
  }

  private WhatIf colocate() {
    return new Colocation(topology, path, cost).whatIf();
  }

  /// Nothing where the database's counters could not be read: that is not the same as no time.
  private Optional<WhatIf> fasterDatabase() {
    return Databases.work(topology, path.lastLeg())
        .flatMap(DatabaseWork::execution)
        .map(_ ->
            shorterWait(
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
                ? shorterWait(
                    cost.commit(),
                    "synchronous-commit",
                    "turn synchronous_commit off",
                    "a request's commits wait %s for %s; without, a crash loses the last ones"
                        .formatted(Millis.format(cost.commit()), waited()))
                : WhatIf.costing(
                    cost,
                    flush,
                    "synchronous-commit",
                    "turn synchronous_commit on",
                    "a request's commits would wait about %s for %s, and survive a crash"
                        .formatted(Millis.format(flush), waited())));
  }

  private WhatIf shorterWait(Duration wait, String id, String title, String because) {
    return WhatIf.saving(
        cost,
        cost.withUnexplained(wait),
        id,
        title,
        cost.inProportion()
            .filter(_ -> wait.isPositive())
            .map(term -> because + "; " + term)
            .orElse(because));
  }

  /// Sessions that commit locally wait for no standby today.
  private String waited() {
    boolean local =
        cost.commit().isPositive()
            && Databases.commitSettings(topology, path.lastLeg()).stream()
                .noneMatch(CommitSetting::waitsForStandbys);
    return Databases.standbyWait(topology, path.lastLeg())
        .filter(_ -> !local)
        .map(StandbyWait::waitedFor)
        .orElse(StandbyWait.DISK);
  }

  private WhatIf largerPool() {
    Pool pool = Pool.of(topology, path.database(), cost);
    return WhatIf.saving(
        cost,
        pool.isScarce() ? cost.rest() : Duration.ZERO,
        "larger-pool",
        "a larger connection pool",
        "%s: %s"
            .formatted(
                pool,
                pool.isScarce()
                    ? "at most what nothing else explains is waiting for a connection"
                    : pool.isAtWork() && !pool.exact()
                        ? "whether requests wait for one is not known, as nothing measured them as a whole"
                        : "calls wait for each other, not for a connection"));
  }

  private WhatIf secondBalancer(HostName balancer, Duration queue) {
    return WhatIf.saving(
        cost,
        queue,
        "second-load-balancer",
        "a second load balancer",
        "requests wait %s in %s for a free slot"
            .formatted(queue.isZero() ? "no measurable time" : Millis.format(queue), balancer));
  }
}

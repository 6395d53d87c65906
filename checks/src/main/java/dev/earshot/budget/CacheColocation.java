package dev.earshot.budget;

import dev.earshot.budget.CacheCalls.Asked;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.Optional;

/// What a path's request would take with the caches that it asks next to its backend. What is in
/// them can be made again, so that nothing else has to move.
record CacheColocation(Topology topology, RequestPath path, RequestCost cost) {

  /// Nothing where no cache is asked, or not all of what it takes is known.
  Optional<WhatIf> whatIf() {
    return cost.caches().isAsked() && cost.caches().isTold()
        ? cost.caches().with(this::near).map(this::whatIf)
        : Optional.empty();
  }

  private WhatIf whatIf(Duration near) {
    Duration saves = cost.caches().network().minus(near);
    String because =
        saves.isPositive()
            ? "%s; near, all of them take %s, %s%s"
                .formatted(
                    cost.caches().told(),
                    Millis.format(near),
                    source(),
                    cost.inProportion().map("; "::concat).orElse(""))
            : "%s: %s"
                .formatted(
                    cost.caches().asked().stream().allMatch(asked -> isNear(asked.flow().to()))
                        ? "it is next to it already"
                        : "that would save next to nothing",
                    cost.caches().told());
    return WhatIf.saving(
        cost,
        saves.isPositive() ? cost.withUnexplained(saves) : Duration.ZERO,
        "colocate-cache",
        "a cache next to " + path.backend(),
        because);
  }

  private Optional<Duration> near(Asked asked) {
    Duration local = measured().orElse(Colocation.USUAL_LOCAL_RTT);
    return asked
        .rtt()
        .map(now -> isNear(asked.flow().to()) || now.compareTo(local) < 0 ? now : local);
  }

  private boolean isNear(HostName host) {
    return host.equals(path.backend())
        || topology.site(path.backend()).filter(site -> site.hosts().contains(host)).isPresent();
  }

  private Optional<Duration> measured() {
    return topology.site(path.backend()).flatMap(topology::rttWithin);
  }

  private String source() {
    return measured().isPresent()
        ? "as measured between the hosts near " + path.backend()
        : "by what is usual within one datacenter: nothing near it was measured";
  }
}

package dev.earshot.check.colocation;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Nearness;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Millis;
import java.time.Duration;
import java.util.List;

/// A cache saves time only where asking it is faster than doing the work again: each look-up waits
/// a whole round trip, and a request makes many, one after the other.
///
/// Limits: those of [AppDatabaseCheck], since the same request waits for both in the same way.
public final class AppCacheCheck implements Check {

  private static final Limit.Time ACCEPTABLE = Nearness.CACHE.acceptable();
  private static final Limit.Time UNBEARABLE = Nearness.CACHE.unbearable();

  @Override
  public CheckInfo info() {
    return info(ACCEPTABLE.usual());
  }

  /// @param limit in force
  private static CheckInfo info(Duration limit) {
    return new CheckInfo(
        Nearness.CACHE.check(),
        "Every backend is within %s of its cache".formatted(Limit.Time.told(limit)),
        Severity.CRITICAL,
        """
        Every look-up in Redis, Valkey or memcached waits a whole round trip. A cache in another \
        datacenter is slower than the database next door that it was to spare.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of(
            "network.addresses",
            "network.listeners",
            "network.sockets",
            "containers.sockets",
            "network.pings",
            "network.tunnels"),
        List.of(
            new Card.Threshold(
                "above %s: high".formatted(Millis.format(ACCEPTABLE.usual())),
                "the limit of the way to a database: a request waits for both alike",
                ACCEPTABLE),
            new Card.Threshold(
                "above %s: critical".formatted(Millis.format(UNBEARABLE.usual())),
                "twenty look-ups of a request then take longer than the 200 ms that people notice",
                UNBEARABLE)),
        """
        # on the backend: the kernel's own round trips (rtt, minrtt in ms) to Redis; memcached: 11211
        ss -tin dst :6379
        # and ten echo requests; the number between the slashes after min is the mean
        ping -c 10 CACHE_HOST\
        """,
        "Run a cache beside the backends, on the same host or in the same datacenter; what is in it can be made again, so that nothing has to be moved.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    Duration limit = fleet.policy().thresholds().of(ACCEPTABLE);
    return new CallDistance(
            info(limit),
            limit,
            fleet.policy().thresholds().of(UNBEARABLE),
            "a cache",
            "no host holds a connection to Redis, Valkey or memcached",
            edge -> remedy(edge, limit))
        .judge(fleet, fleet.topology().cacheFlows());
  }

  private static Remedy remedy(Edge edge, Duration limit) {
    return new Remedy(
        "Run a cache in the datacenter of %s and let it ask that one; what is in a cache can be made again."
            .formatted(edge.flow().from()),
        edge.playbook("Backends", "cache", limit),
        edge.commands());
  }
}

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

/// Lemmy's backend keeps its pictures in pict-rs, and hands on what a browser asks for: a picture
/// takes several round trips, the more the larger it is, and a page has many pictures.
///
/// Limits: those of [AppCacheCheck], since a request waits for both in the same way. What a load
/// balancer itself asks is no backend's.
public final class AppPictRsCheck implements Check {

  private static final Limit.Time ACCEPTABLE = Nearness.PICT_RS.acceptable();
  private static final Limit.Time UNBEARABLE = Nearness.PICT_RS.unbearable();

  @Override
  public CheckInfo info() {
    return info(ACCEPTABLE.usual());
  }

  /// @param limit in force
  private static CheckInfo info(Duration limit) {
    return new CheckInfo(
        Nearness.PICT_RS.check(),
        "Every backend is within %s of its pict-rs".formatted(Limit.Time.told(limit)),
        Severity.CRITICAL,
        """
        Lemmy's backend fetches every picture from pict-rs before it hands it on, and brings every \
        upload there. Each waits several round trips, the more the larger it is.\
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
            "containers.list",
            "network.pings",
            "network.tunnels"),
        List.of(
            new Card.Threshold(
                "above %s: high".formatted(Millis.format(ACCEPTABLE.usual())),
                "our own choice, as for a cache: a picture takes several round trips, and a page has many pictures",
                ACCEPTABLE),
            new Card.Threshold(
                "above %s: critical".formatted(Millis.format(UNBEARABLE.usual())),
                "our own choice, as for a cache: twenty round trips then take longer than the 200 ms that people notice",
                UNBEARABLE)),
        """
        # on the backend: the kernel's own round trips (rtt, minrtt in ms) to pict-rs
        ss -tin dst :8080
        # and ten echo requests; the number between the slashes after min is the mean
        ping -c 10 PICT_RS_HOST\
        """,
        "Run pict-rs beside the backends, on the same host or in the same datacenter; its files move with it, unless it keeps them in an object store.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    Duration limit = fleet.policy().thresholds().of(ACCEPTABLE);
    return new CallDistance(
            info(limit),
            limit,
            fleet.policy().thresholds().of(UNBEARABLE),
            "pict-rs",
            "no backend holds a connection to pict-rs",
            edge -> remedy(edge, limit))
        .judge(fleet, fleet.topology().pictRsFlows());
  }

  private static Remedy remedy(Edge edge, Duration limit) {
    return new Remedy(
        "Run pict-rs in the datacenter of %s, with its files where it keeps them itself, and let the backend ask it there."
            .formatted(edge.flow().from()),
        edge.playbook("Backends", "pict-rs", limit),
        edge.commands());
  }
}

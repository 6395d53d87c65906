package dev.earshot.budget;

import dev.earshot.budget.Suspect.Judgement;
import dev.earshot.evidence.Cpu;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Says of everything that was suspected in the incident whether it is the cause, a part of it, or
/// cleared.
final class Suspects {

  private static final Percent BUSY = new Percent(70);

  private final Topology topology;
  private final RequestPath path;
  private final RequestCost cost;

  private Suspects(Topology topology, RequestPath path, RequestCost cost) {
    this.topology = topology;
    this.path = path;
    this.cost = cost;
  }

  static List<Suspect> of(Topology topology, RequestPath path, RequestCost cost) {
    Suspects suspects = new Suspects(topology, path, cost);
    return Stream.of(
            Stream.of(suspects.distance(), suspects.load()),
            path.loadBalancer().map(_ -> suspects.balancer()).stream(),
            path.loadBalancer().map(_ -> suspects.balancerNetwork()).stream(),
            Stream.of(suspects.execution(), suspects.commit(), suspects.connections()))
        .flatMap(one -> one)
        .toList();
  }

  private Suspect distance() {
    return part(
        "distance",
        "the network between %s and %s".formatted(path.backend(), path.database().to()),
        cost.databaseNetwork(),
        "%s round trips of %s".formatted(cost.roundTrips(), Millis.format(cost.rtt())));
  }

  private Suspect balancer() {
    return part(
        "load-balancer",
        "the load balancer",
        cost.queue(),
        topology.fleet().hosts().stream()
            .filter(host -> path.loadBalancer().filter(host.name()::equals).isPresent())
            .flatMap(host -> host.haProxy().latest().collected().stream())
            .findFirst()
            .map(Suspects::state)
            .orElse("waiting for a free slot"));
  }

  private static String state(HaProxy proxy) {
    return "waiting for a free slot; HAProxy is %s idle with %d of %d connections"
        .formatted(proxy.idle(), proxy.connections(), proxy.maxConnections());
  }

  private Suspect balancerNetwork() {
    return part(
        "balancer-network",
        "the network between load balancer and backend",
        cost.balancer(),
        "one round trip a request, and connecting");
  }

  private Suspect execution() {
    boolean measured =
        Databases.server(topology, path.database())
            .filter(host -> DatabaseWork.missing(host).isEmpty())
            .isPresent();
    return measured
        ? part("queries", "slow queries", cost.execution(), "executing all statements of a request")
        : unknown("queries", "slow queries", "the database's counters could not be read");
  }

  private Suspect commit() {
    List<CommitSetting> settings = Databases.commitSettings(topology, path.database());
    if (settings.isEmpty()) {
      return unknown(
          "commit", "slow commits (disk, synchronous_commit)", "the settings could not be read");
    }
    String off =
        settings.stream().allMatch(CommitSetting::losesCommits)
            ? cost.commitIfOn()
                .map(would ->
                    "synchronous_commit is off, so nothing waits; on, it would be about "
                        + Millis.format(would))
                .orElse("synchronous_commit is off, so nothing waits")
            : "waiting for the disk at commit";
    return part("commit", "slow commits (disk, synchronous_commit)", cost.commit(), off);
  }

  private Suspect connections() {
    Optional<PostgresActivity> activity = Databases.activity(topology, path.database());
    Optional<PostgresSettings> settings = Databases.settings(topology, path.database());
    if (activity.isEmpty() || settings.isEmpty()) {
      return unknown(
          "connections",
          "too few connections (pool, max_connections)",
          "the sessions could not be read");
    }
    int waiting =
        activity.get().sessions().stream()
            .filter(sessions -> sessions.waitsFor().equals("Lock"))
            .mapToInt(Sessions::count)
            .sum();
    int limit =
        settings
            .get()
            .setting("max_connections")
            .map(max -> Integer.parseInt(max.value()))
            .orElse(0);
    int used = activity.get().sessionCount();
    boolean scarce = waiting > 0 || used >= limit * BUSY.ratio();
    return new Suspect(
        "connections",
        "too few connections (pool, max_connections)",
        scarce ? Judgement.PART : Judgement.CLEARED,
        "%d of max_connections = %d in use, %d waiting for a lock".formatted(used, limit, waiting));
  }

  private Suspect load() {
    List<HostEvidence> hosts =
        topology.fleet().hosts().stream()
            .filter(host -> path.hosts().contains(host.name()))
            .toList();
    List<String> figures = hosts.stream().map(Suspects::busy).toList();
    List<Percent> known =
        hosts.stream().flatMap(host -> Cpu.busy(host.cpu()).collected().stream()).toList();
    String because = "processors busy: " + String.join(", ", figures);
    if (known.size() < path.hosts().size()) {
      return unknown("load", "overloaded hosts", because);
    }
    boolean overloaded = known.stream().anyMatch(busy -> busy.compareTo(BUSY) >= 0);
    return new Suspect(
        "load", "overloaded hosts", overloaded ? Judgement.PART : Judgement.CLEARED, because);
  }

  private static String busy(HostEvidence host) {
    return switch (Cpu.busy(host.cpu())) {
      case Evidence.Collected<Percent>(Percent busy) -> host.name() + " " + busy;
      case Evidence.Absent<Percent> _, Evidence.Uncollected<Percent> _ -> host.name() + " unknown";
    };
  }

  private Suspect part(String id, String title, Duration time, String because) {
    double share = (double) time.toNanos() / Math.max(1, cost.requestTime().toNanos());
    return new Suspect(
        id,
        title,
        Suspect.share(share),
        "%s of %s (%s): %s"
            .formatted(
                Millis.format(time),
                Millis.format(cost.requestTime()),
                Percent.ofRatio(share),
                because));
  }

  private static Suspect unknown(String id, String title, String because) {
    return new Suspect(id, title, Judgement.UNKNOWN, because);
  }
}

package dev.earshot.budget;

import dev.earshot.budget.Suspect.Judgement;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Says of everything that was suspected in the incident, and of what else there could be, whether
/// it is the cause, a part of it, or cleared; the cause first.
final class Suspects {

  /// Less than this explained, and what was counted can't be all.
  private static final double EXPLAINED = 0.5;

  /// Two counts of the same thing over slightly different spans.
  private static final double AS_MANY = 1.2;

  private static final String BALANCER = "the load balancer";
  private static final String BALANCER_NETWORK = "the network between load balancer and backend";
  private static final String COMMIT = "slow commits (disk, synchronous_commit)";
  private static final String POOL = "a pool that is too small";
  private static final String APPLICATION = "the backend's own computing";
  private static final String LOSS = "loss on the way";
  private static final String ELSEWHERE = "waits that nothing measured explains";

  private final Topology topology;
  private final RequestPath path;
  private final RequestCost cost;
  private final Share share;

  private Suspects(Topology topology, RequestPath path, RequestCost cost) {
    this.topology = topology;
    this.path = path;
    this.cost = cost;
    this.share = new Share(cost, topology.fleet().arrivals());
  }

  static List<Suspect> of(Topology topology, RequestPath path, RequestCost cost) {
    Suspects suspects = new Suspects(topology, path, cost);
    return told(
        Stream.of(
                Stream.of(suspects.distance(), new Load(topology, path, cost).suspect()),
                suspects.caches().stream(),
                path.loadBalancer().map(suspects::balancer).stream(),
                path.loadBalancer().map(_ -> suspects.balancerNetwork()).stream(),
                path
                    .loadBalancer()
                    .map(host -> new ClientSide(topology, host, cost, suspects.share).suspect())
                    .stream(),
                topology
                    .fleet()
                    .arrivals()
                    .map(each -> new Sender(cost, each, suspects.isOnlyWay()).suspect())
                    .stream(),
                Stream.of(
                    suspects.execution(),
                    suspects.commit(),
                    suspects.pool(),
                    MaxConnections.suspect(topology, path),
                    suspects.application(),
                    suspects.loss(),
                    suspects.elsewhere()))
            .flatMap(one -> one)
            .toList(),
        topology,
        path);
  }

  /// What can be said where nothing counts the path's requests.
  static List<Suspect> uncounted(Topology topology, RequestPath path, Duration rtt) {
    return told(
        List.of(
            unknown(
                    "distance",
                    distanceTitle(path),
                    "each question to the database waits %s; how many of them a request asks is not known, as nothing counts requests"
                        .formatted(Millis.format(rtt)))
                .with(NextLook.atQuestions(path)),
            Load.uncounted(topology, path),
            MaxConnections.suspect(topology, path),
            unknown("elsewhere", ELSEWHERE, "nothing counts requests, or tells how long one takes")
                .with(NextLook.atWhole(topology, path))),
        topology,
        path);
  }

  private static List<Suspect> told(List<Suspect> suspects, Topology topology, RequestPath path) {
    return lookingOnce(
        suspects.stream()
            .map(suspect ->
                suspect.judgement() == Judgement.UNKNOWN && suspect.next().isEmpty()
                    ? suspect.with(NextLook.at(suspect.id(), topology, path))
                    : suspect)
            .sorted(
                Comparator.comparing(Suspect::judgement)
                    .thenComparing(suspect -> !suspect.isCauseBesideRequest()))
            .toList());
  }

  /// Where one command shows several things, the first of them names it for all.
  private static List<Suspect> lookingOnce(List<Suspect> suspects) {
    List<NextLook> left =
        new ArrayList<>(suspects.stream().flatMap(one -> one.next().stream()).toList());
    return suspects.stream()
        .map(suspect -> suspect.with(suspect.next().flatMap(look -> taken(left, look))))
        .toList();
  }

  /// All that a look's command shows, unless it was taken before.
  private static Optional<NextLook> taken(List<NextLook> left, NextLook look) {
    Optional<NextLook> all = left.stream().filter(look::isSameAs).reduce(NextLook::and);
    left.removeIf(look::isSameAs);
    return all;
  }

  private boolean isOnlyWay() {
    return topology.paths().stream()
        .filter(other -> !other.equals(path))
        .noneMatch(other ->
            other.backend().equals(path.backend())
                || (path.loadBalancer().isPresent()
                    && other.loadBalancer().equals(path.loadBalancer())));
  }

  private Suspect distance() {
    return unlessUncounted(
        share.suspect(
            "distance",
            distanceTitle(path),
            cost.databaseNetwork(),
            "%s round trips of %s%s"
                .formatted(cost.roundTrips(), Millis.format(cost.rtt()), throughPooler())));
  }

  private static String distanceTitle(RequestPath path) {
    return "the network between %s and %s".formatted(path.backend(), path.lastLeg().to());
  }

  private Optional<Suspect> caches() {
    CacheCalls caches = cost.caches();
    String title =
        "the network between %s and its cache on %s".formatted(path.backend(), caches.hosts());
    if (!caches.isAsked()) {
      return Optional.empty();
    }
    return Optional.of(
        caches.isTold()
            ? share.suspect("cache", title, caches.network(), caches.told())
            : unknown("cache", title, caches.untold()));
  }

  private String throughPooler() {
    return path.onward()
        .flatMap(topology.rtts()::of)
        .map(rtt ->
            ", %s of it from the pooler on %s on to %s"
                .formatted(Millis.format(rtt), path.database().to(), path.lastLeg().to()))
        .orElse("");
  }

  /// Round trips are counted on connections that stayed open. Where most of a request's time is not
  /// explained, or nobody measured it, it may have passed on others, so that a small count clears
  /// nothing, unless the server counted no more statements.
  private Suspect unlessUncounted(Suspect suspect) {
    boolean well = cost.explainedRatio().filter(ratio -> ratio >= EXPLAINED).isPresent();
    if (well || isConfirmed() || suspect.judgement() == Judgement.CAUSE) {
      return suspect;
    }
    return new Suspect(
        suspect.id(),
        suspect.title(),
        suspect.judgement() == Judgement.CLEARED ? Judgement.UNKNOWN : suspect.judgement(),
        suspect.because()
            + "; connections opened and closed within the window are not counted, and "
            + (cost.measured().isPresent()
                ? "most of the request's time is not explained"
                : "nothing measured a request as a whole"));
  }

  private boolean isConfirmed() {
    return cost.opinions().stream()
        .filter(opinion -> opinion.by().equals(CostMeasurement.STATEMENTS))
        .anyMatch(
            opinion -> opinion.roundTripsPerRequest() <= cost.roundTrips().perRequest() * AS_MANY);
  }

  private Suspect balancer(HostName balancer) {
    Optional<HaProxy> proxy =
        topology.fleet().host(balancer).flatMap(host -> host.haProxy().latest().collected());
    if (proxy.isEmpty()) {
      return unknown(
          "load-balancer",
          BALANCER,
          "no statistics of an HAProxy were read, which tells how long requests wait in it");
    }
    return cost.queue()
        .map(queue -> share.suspect("load-balancer", BALANCER, queue, state(proxy.get())))
        .orElseGet(() ->
            unknown(
                "load-balancer",
                BALANCER,
                "HAProxy tells how long requests wait in it only where it looks into them (`mode http`)"));
  }

  private static String state(HaProxy proxy) {
    return "waiting for a free slot; HAProxy is %s idle with %d of %d connections"
        .formatted(proxy.idle(), proxy.connections(), proxy.maxConnections());
  }

  private Suspect balancerNetwork() {
    return cost.balancer().isPositive()
        ? share.suspect(
            "balancer-network",
            BALANCER_NETWORK,
            cost.balancer(),
            cost.queue().isPresent()
                ? "one round trip a request, and connecting"
                : "one round trip a request; what connecting takes is not known")
        : unknown("balancer-network", BALANCER_NETWORK, "no round trip between them was measured");
  }

  private Suspect execution() {
    boolean measured =
        Databases.work(topology, path.lastLeg()).flatMap(DatabaseWork::execution).isPresent();
    return measured
        ? share.suspect(
            "queries",
            "slow queries",
            cost.execution(),
            "executing all statements of a request" + lockWaits())
        : unknown(
            "queries",
            "slow queries",
            "the database's counters could not be read, or did not move within the window");
  }

  private String lockWaits() {
    int waiting =
        Databases.activity(topology, path.lastLeg()).stream()
            .flatMap(activity -> activity.sessions().stream())
            .filter(sessions -> sessions.waitsFor().equals("Lock"))
            .mapToInt(Sessions::count)
            .sum();
    return waiting == 0 ? "" : ", and waiting for locks: %d of its sessions do".formatted(waiting);
  }

  private Suspect commit() {
    List<CommitSetting> settings = Databases.commitSettings(topology, path.lastLeg());
    boolean off = !settings.isEmpty() && settings.stream().allMatch(CommitSetting::losesCommits);
    if (settings.isEmpty()) {
      return unknown("commit", COMMIT, "the settings could not be read");
    } else if (off) {
      return share.suspect(
          "commit",
          COMMIT,
          cost.commit(),
          cost.commitIfOn()
              .map(would ->
                  "synchronous_commit is off, so nothing waits; on, it would be about "
                      + Millis.format(would))
              .orElse("synchronous_commit is off, so nothing waits"));
    }
    if (cost.commitIfOn().isEmpty()) {
      return unknown("commit", COMMIT, "the disk does not count its flushes");
    }
    Suspect suspect =
        share.suspect("commit", COMMIT, cost.commit(), "commits wait for " + waitedFor(settings));
    return suspect.judgement() == Judgement.CLEARED && waitsForUnknownStandbys(settings)
        ? unknown("commit", COMMIT, suspect.because())
        : suspect;
  }

  /// Whether commits wait for a standby that is not connected, or as far away as nobody measured.
  private boolean waitsForUnknownStandbys(List<CommitSetting> settings) {
    return settings.stream().anyMatch(CommitSetting::waitsForStandbys)
        && Databases.settings(topology, path.lastLeg())
            .filter(server -> !server.value("synchronous_standby_names").isBlank())
            .isPresent()
        && Databases.standbyWait(topology, path.lastLeg()).flatMap(StandbyWait::exact).isEmpty();
  }

  private String waitedFor(List<CommitSetting> settings) {
    Optional<Duration> delay =
        Databases.settings(topology, path.lastLeg()).flatMap(CommitCost::delay);
    return other(settings)
        + delay
            .map(time -> ", and for commit_delay, %s each".formatted(Millis.format(time)))
            .orElse("");
  }

  private String other(List<CommitSetting> settings) {
    return Databases.standbyWait(topology, path.lastLeg())
        .filter(_ -> settings.stream().anyMatch(CommitSetting::waitsForStandbys))
        .map(StandbyWait::waitedFor)
        .orElse(StandbyWait.DISK);
  }

  /// No clock shows waiting for a connection: it is part of what nothing else explains.
  private Suspect pool() {
    Pool pool = Pool.of(topology, path.database(), cost);
    if (!pool.isAtWork() || (cost.measured().isPresent() && !pool.isScarce())) {
      return unlessUncounted(new Suspect("pool", POOL, Judgement.CLEARED, pool.toString()));
    } else if (cost.measured().isEmpty()) {
      return unknown("pool", POOL, pool + "; nothing measured how long a request takes in all");
    }
    return new Suspect(
        "pool",
        POOL,
        share.judge(cost.rest()),
        "%s; at most the unexplained %s of %s wait for one"
            .formatted(pool, Millis.format(cost.rest()), Millis.format(cost.requestTime())));
  }

  private Suspect application() {
    return cost.computing()
        .map(time ->
            share.suspect(
                "application", APPLICATION, time, "processor time of its services per request"))
        .orElseGet(() ->
            unknown(
                "application",
                APPLICATION,
                "the processor time of the backend's services was not told"));
  }

  private Suspect loss() {
    return cost.lost()
        .map(time ->
            share.suspect(
                "loss",
                LOSS,
                time,
                cost.measured().orElseGet(() -> cost.sum().plus(time)),
                "segments sent again, each after %s at least"
                    .formatted(Millis.format(Retransmissions.SHORTEST_WAIT))))
        .orElseGet(() ->
            unknown("loss", LOSS, "the kernel's counters of segments sent again were not read"));
  }

  /// What remains may have waited for a connection or a processor, where those are short, longer
  /// than reckoned for segments that got lost, or for a standby whose distance is not known.
  private Suspect elsewhere() {
    if (cost.measured().isEmpty()) {
      return unknown(
              "elsewhere",
              ELSEWHERE,
              "nothing measured a request as a whole, so what it waits for besides the known parts is not known; an HAProxy in HTTP mode tells, or an nginx that logs $upstream_response_time")
          .with(NextLook.atWhole(topology, path));
    }
    Duration rest = cost.rest();
    Suspect suspect =
        unlessUncounted(
            share.suspect(
                "elsewhere",
                ELSEWHERE,
                rest,
                "neither database, network, load balancer nor processor: another service, a file, a"
                    + " lock of the backend's own"));
    boolean otherwise =
        Pool.of(topology, path.database(), cost).isScarce()
            || new Load(topology, path, cost).isHeavy()
            || loss().judgement() == Judgement.CAUSE
            || loss().judgement() == Judgement.PART
            || waitsForUnknownStandbys(Databases.commitSettings(topology, path.lastLeg()));
    return otherwise && suspect.judgement() != Judgement.CLEARED
        ? unknown(
            "elsewhere",
            ELSEWHERE,
            "%s of %s are not explained; they may have waited for a connection, a processor, lost segments, or a standby"
                .formatted(Millis.format(rest), Millis.format(cost.requestTime())))
        : suspect;
  }

  private static Suspect unknown(String id, String title, String because) {
    return new Suspect(id, title, Judgement.UNKNOWN, because);
  }
}

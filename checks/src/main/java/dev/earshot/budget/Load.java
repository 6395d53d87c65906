package dev.earshot.budget;

import dev.earshot.budget.Suspect.Judgement;
import dev.earshot.evidence.Cpu;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.Pressure;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Whether a path's requests are slow because its hosts have too much to do.
record Load(Topology topology, RequestPath path, RequestCost cost) {

  /// Queueing more than doubles waiting times from here on.
  private static final Percent BUSY = new Percent(70);

  /// What `machine.pressure` allows.
  private static final Percent STALLED = new Percent(10);

  private static final String LOAD = "overloaded hosts";

  /// A path may pass one host twice; a database outside the audit is not known.
  Suspect suspect() {
    Suspect seen = uncounted(topology, path);
    String because = seen.because() + theft();
    List<HostName> overloaded = overloaded(topology, path);
    if (overloaded.isEmpty() && isStolenFrom()) {
      return new Suspect("load", LOAD, judge(stolen()), because);
    } else if (overloaded.isEmpty() || cost.computing().isEmpty()) {
      return new Suspect("load", LOAD, seen.judgement(), because);
    }
    return overloaded(because, cost.computing().get(), overloaded);
  }

  /// The same where nothing is known of the requests: hosts that are busy, or whose work waits for
  /// memory, may delay them.
  static Suspect uncounted(Topology topology, RequestPath path) {
    List<HostName> hosts = path.hosts().stream().distinct().toList();
    boolean known = hosts.stream().allMatch(host -> busy(topology, host).isPresent());
    List<HostName> stalled = stalled(topology, path);
    return new Suspect(
        "load",
        LOAD,
        overloaded(topology, path).isEmpty() && stalled.isEmpty()
            ? known ? Judgement.CLEARED : Judgement.UNKNOWN
            : Judgement.PART,
        "processors busy: %s%s"
            .formatted(
                told(hosts, host -> busy(topology, host)),
                stalled.isEmpty()
                    ? ""
                    : "; of the window, work stood still for memory: "
                        + told(stalled, host -> memoryStall(topology, host))));
  }

  /// `lb1 3 %, db1 unknown`
  private static String told(List<HostName> hosts, Function<HostName, Optional<Percent>> share) {
    return hosts.stream()
        .map(host -> host + share.apply(host).map(percent -> " " + percent).orElse(" unknown"))
        .collect(Collectors.joining(", "));
  }

  /// A busy processor only delays requests that work on it: computing in the backend, executing in
  /// the database; what nothing explains may be waiting for one. Computing alone is the backend's
  /// own affair.
  private Suspect overloaded(String because, Duration computing, List<HostName> hosts) {
    Duration executing = hosts.contains(path.lastLeg().to()) ? cost.execution() : Duration.ZERO;
    Duration waiting = executing.plus(stolen()).plus(cost.rest());
    boolean noticeable = judge(computing.plus(waiting)) != Judgement.CLEARED;
    if (cost.measured().isEmpty()) {
      return new Suspect(
          "load",
          LOAD,
          noticeable || isStalled() ? Judgement.PART : Judgement.UNKNOWN,
          "%s, and a request computes %s of the %s that are known; how long it waits for a processor is not"
              .formatted(
                  because,
                  Millis.format(computing.plus(executing)),
                  Millis.format(cost.requestTime())));
    }
    Judgement judgement = judge(waiting) == Judgement.CAUSE ? Judgement.CAUSE : Judgement.PART;
    return new Suspect(
        "load",
        LOAD,
        noticeable ? judgement : isStalled() ? Judgement.PART : Judgement.CLEARED,
        "%s, %s a request computes %s%s of %s, and %s are not explained"
            .formatted(
                because,
                noticeable ? "and" : "but",
                noticeable ? "" : "only ",
                Millis.format(computing.plus(executing)),
                Millis.format(cost.requestTime()),
                Millis.format(cost.rest())));
  }

  private Duration stolen() {
    return cost.stolen();
  }

  private boolean isStolenFrom() {
    return judge(stolen()) != Judgement.CLEARED;
  }

  private String theft() {
    return isStolenFrom()
        ? "; the hypervisor of %s gives them to other guests: about %s of a request's %s"
            .formatted(path.backend(), Millis.format(stolen()), cost.requestWords())
        : "";
  }

  private Judgement judge(Duration time) {
    return new Share(cost, topology.fleet().arrivals()).judge(time);
  }

  /// Whether a host of the path has too much to do.
  boolean isHeavy() {
    return !overloaded(topology, path).isEmpty() || isStalled();
  }

  private boolean isStalled() {
    return !stalled(topology, path).isEmpty();
  }

  private static List<HostName> stalled(Topology topology, RequestPath path) {
    return path.hosts().stream()
        .distinct()
        .filter(host ->
            memoryStall(topology, host).filter(share -> share.compareTo(STALLED) > 0).isPresent())
        .toList();
  }

  private static Optional<Percent> memoryStall(Topology topology, HostName host) {
    return topology
        .fleet()
        .host(host)
        .flatMap(evidence -> evidence.pressure().change().collected())
        .flatMap(change -> Pressure.stalls(change, Pressure::stalledByMemory));
  }

  private static List<HostName> overloaded(Topology topology, RequestPath path) {
    return path.hosts().stream()
        .distinct()
        .filter(host -> busy(topology, host).filter(busy -> busy.compareTo(BUSY) >= 0).isPresent())
        .toList();
  }

  /// How busy a host was over the window, where that is known.
  static Optional<Percent> busy(Topology topology, HostName host) {
    return topology.fleet().host(host).flatMap(evidence -> Cpu.busy(evidence.cpu()).collected());
  }
}

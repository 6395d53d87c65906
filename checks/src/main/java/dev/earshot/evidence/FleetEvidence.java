package dev.earshot.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All that one audit learned of all hosts, in the inventory's order.
///
/// @param arrivals what the busiest sender has to get through, where the admin says so
/// @param remotes other instances of Lemmy that were asked
/// @param byName the same hosts; of two of one name the first
public record FleetEvidence(
    Instant takenAt,
    Duration window,
    Depth depth,
    Optional<Arrivals> arrivals,
    List<HostEvidence> hosts,
    List<Remote> remotes,
    List<Trouble> troubles,
    Map<HostName, HostEvidence> byName) {

  public FleetEvidence {
    hosts = List.copyOf(hosts);
    remotes = List.copyOf(remotes);
    troubles = List.copyOf(troubles);
    Map<HostName, HostEvidence> own = byName(hosts);
    if (!byName.equals(own)) {
      throw new IllegalArgumentException("the hosts by name are others than the hosts in order");
    }
    byName = own;
  }

  public FleetEvidence(
      Instant takenAt,
      Duration window,
      Depth depth,
      Optional<Arrivals> arrivals,
      List<HostEvidence> hosts,
      List<Remote> remotes,
      List<Trouble> troubles) {
    this(takenAt, window, depth, arrivals, hosts, remotes, troubles, byName(hosts));
  }

  public static FleetEvidence of(FleetRecording recording, Optional<Arrivals> arrivals) {
    return new Readings().of(recording, arrivals);
  }

  /// The same, with more that could not be looked at.
  public FleetEvidence with(List<Trouble> more) {
    return more.isEmpty()
        ? this
        : new FleetEvidence(
            takenAt,
            window,
            depth,
            arrivals,
            hosts,
            remotes,
            Stream.concat(troubles.stream(), more.stream()).toList());
  }

  public Optional<HostEvidence> host(HostName name) {
    return Optional.ofNullable(byName.get(name));
  }

  private static Map<HostName, HostEvidence> byName(List<HostEvidence> hosts) {
    Map<HostName, HostEvidence> byName = new LinkedHashMap<>();
    hosts.forEach(host -> byName.putIfAbsent(host.name(), host));
    return Collections.unmodifiableMap(byName);
  }

  static List<Trouble> troubles(Reading reading, HostEvidence told, Depth depth) {
    HostRecording recording = reading.recording();
    HostName host = recording.host().name();
    if (recording.unreachable().isPresent()) {
      return List.of(new Trouble(host, Optional.empty(), recording.unreachable().get()));
    }
    List<Trouble> troubles = new ArrayList<>();
    recording
        .interrupted()
        .filter(reason -> !reason.equals(HostRecording.MANAGED))
        .ifPresent(reason -> troubles.add(new Trouble(host, Optional.empty(), reason)));
    for (Probe<?> probe : Probes.of(depth)) {
      reading.all(probe).stream()
          .flatMap(evidence -> trouble(host, probe.id(), evidence).stream())
          .findFirst()
          .ifPresent(troubles::add);
    }
    reading.both(ContainerSockets.PROBE).latest().collected().stream()
        .flatMap(sockets -> sockets.untold().stream())
        .map(reason -> new Trouble(host, Optional.of(ContainerSockets.PROBE.id()), reason))
        .forEach(troubles::add);
    told.containers().collected().flatMap(Containers::leftOut).stream()
        .map(reason -> new Trouble(host, Optional.of(Containers.PROBE.id()), reason))
        .forEach(troubles::add);
    told.postgresLeftOut()
        .map(reason -> new Trouble(host, Optional.of(PostgresSettings.PROBE.id()), reason))
        .ifPresent(troubles::add);
    told.pgBouncerLeftOut()
        .map(reason -> new Trouble(host, Optional.of(PgBouncer.PROBE.id()), reason))
        .ifPresent(troubles::add);
    reading.of(ServiceName.PROBE).collected().stream()
        .flatMap(List::stream)
        .flatMap(
            name -> name.trouble().map(reason -> "%s: %s".formatted(name.name(), reason)).stream())
        .map(reason -> new Trouble(host, Optional.of(ServiceName.PROBE.id()), reason))
        .forEach(troubles::add);
    return troubles;
  }

  /// The admin asked for it by name: that it could not be asked leaves the audit incomplete.
  static List<Trouble> troubles(Remote remote) {
    return Stream.of(remote.start(), remote.end())
        .flatMap(poll -> trouble(new HostName(remote.name()), "federated_instances", poll).stream())
        .limit(1)
        .toList();
  }

  private static Optional<Trouble> trouble(HostName host, String probe, Evidence<?> evidence) {
    return switch (evidence) {
      case Evidence.Uncollected<?>(String reason) when reason.equals(HostRecording.MANAGED) ->
          Optional.empty();
      case Evidence.Uncollected<?>(String reason) ->
          Optional.of(new Trouble(host, Optional.of(probe), reason));
      case Evidence.Collected<?> _, Evidence.Absent<?> _ -> Optional.empty();
    };
  }
}

package dev.earshot.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All that is known of one host.
///
/// @param sockets those that begin in containers included
/// @param postgresLeftOut why not all of its PostgreSQL servers answered, where some did
/// @param pgBouncerLeftOut the same of its PgBouncers
/// @param postgresTables asked with [Depth#DEEP] alone
/// @param tunnels absent where nothing was left to be asked this way
/// @param names what the service's names resolve to that this host is the first to tell; absent
///   where it tells none
/// @param namedByGroup where a group of it is named after a place
/// @param recording all of its answers as they came, for questions that the admin wrote
public record HostEvidence(
    InventoryHost host,
    Optional<Place> namedByGroup,
    Optional<String> unreachable,
    Evidence<OperatingSystem> os,
    Sampled<Cpu> cpu,
    Sampled<ProcessTimes> processes,
    Evidence<Memory> memory,
    Evidence<List<Filesystem>> filesystems,
    Sampled<Pressure> pressure,
    Evidence<TimeSync> timeSync,
    Evidence<ClockOffset> clock,
    Sampled<List<Disk>> disks,
    Evidence<Dmi> dmi,
    Evidence<CloudInit> cloudInit,
    Evidence<Metadata> metadata,
    Evidence<Addresses> addresses,
    Evidence<List<Listener>> listeners,
    Sampled<List<Socket>> sockets,
    Sampled<ContainerSockets> containerSockets,
    Evidence<List<Ping>> pings,
    Evidence<List<TunnelRtt>> tunnels,
    Evidence<List<PostgresSettings>> postgres,
    Optional<String> postgresLeftOut,
    Evidence<List<PostgresHealth>> postgresHealth,
    Evidence<List<PostgresTables>> postgresTables,
    Sampled<List<PostgresActivity>> postgresActivity,
    Evidence<List<PostgresHba>> hba,
    Sampled<List<PgBouncer>> pgBouncer,
    Optional<String> pgBouncerLeftOut,
    Sampled<HaProxy> haProxy,
    Evidence<HaProxyConfiguration> haProxyConfiguration,
    Evidence<HaProxyLog> haProxyLog,
    Evidence<Nginx> nginx,
    Evidence<Containers> containers,
    Evidence<ContainerReadiness> readiness,
    Evidence<List<LemmyNode>> lemmy,
    Evidence<List<LemmyProcess>> lemmyProcesses,
    Sampled<List<LemmyDatabase>> lemmyDatabase,
    Evidence<List<ServiceName>> names,
    HostRecording recording) {

  /// How long it was does not matter here.
  private static final Duration SOME_WINDOW = Duration.ofSeconds(1);

  /// What a host told over a window, without what others tell of it.
  public static HostEvidence of(HostRecording recording) {
    return of(new Reading(recording, SOME_WINDOW), new GroupPlaces(List.of()));
  }

  static HostEvidence of(Reading reading, GroupPlaces groups) {
    return new HostEvidence(
        reading.recording().host(),
        groups.of(reading.recording().host().groups()),
        reading.recording().unreachable(),
        reading.of(OperatingSystem.PROBE),
        reading.both(Cpu.PROBE),
        reading.both(ProcessTimes.PROBE),
        reading.of(Memory.PROBE),
        reading.of(Filesystem.PROBE),
        reading.both(Pressure.PROBE),
        reading.of(TimeSync.PROBE),
        ClockOffset.of(reading.of(TimeSync.PROBE), reading.recording().begun()),
        reading.both(Disk.PROBE),
        reading.of(Dmi.PROBE),
        reading.of(CloudInit.PROBE),
        reading.of(Metadata.PROBE),
        reading.of(Addresses.PROBE),
        reading.of(Listener.PROBE),
        ContainerSockets.joined(reading.both(Socket.PROBE), reading.both(ContainerSockets.PROBE)),
        reading.both(ContainerSockets.PROBE),
        reading.of(Ping.PROBE),
        reading.of(TunnelRtt.PROBE),
        reading.of(PostgresSettings.PROBE),
        PsqlTables.leftOut(reading.text(PostgresSettings.PROBE)),
        reading.of(PostgresHealth.PROBE),
        reading.of(PostgresTables.PROBE),
        reading.both(PostgresActivity.PROBE),
        reading.of(PostgresHba.PROBE),
        reading.both(PgBouncer.PROBE),
        PsqlTables.leftOut(reading.text(PgBouncer.PROBE)),
        HaProxyConfiguration.completed(
            reading.both(HaProxy.PROBE), reading.of(HaProxyConfiguration.PROBE)),
        reading.of(HaProxyConfiguration.PROBE),
        reading.of(HaProxyLog.PROBE),
        reading.of(Nginx.PROBE),
        reading.of(Containers.PROBE),
        reading.of(ContainerReadiness.PROBE),
        reading.of(LemmyNode.PROBE),
        reading.of(LemmyProcess.PROBE),
        reading.both(LemmyDatabase.PROBE),
        reading.of(ServiceName.PROBE),
        reading.recording());
  }

  /// What those say of a host who name its place themselves.
  static Stream<Place> told(Reading reading) {
    return Stream.of(
            reading.recording().host().declared(),
            reading.of(CloudInit.PROBE).collected().map(CloudInit::place),
            reading.of(Metadata.PROBE).collected().map(Metadata::place))
        .flatMap(Optional::stream);
  }

  public HostName name() {
    return host.name();
  }

  /// Why it is not known to whom all of its connections lead: those of its containers may not be
  /// for us to see. Nothing where it is known.
  public Optional<String> untoldConnections() {
    return switch (sockets.latest()) {
      case Evidence.Uncollected<List<Socket>>(String reason) -> Optional.of(reason);
      case Evidence.Collected<List<Socket>> _, Evidence.Absent<List<Socket>> _ ->
          switch (containerSockets.latest()) {
            case Evidence.Uncollected<ContainerSockets>(String reason) -> Optional.of(reason);
            case Evidence.Collected<ContainerSockets>(ContainerSockets inside) -> inside.untold();
            case Evidence.Absent<ContainerSockets>() -> Optional.empty();
          };
    };
  }

  /// Where it is, one entry a source that says anything, in the order in which they are trusted.
  public List<Place> places() {
    return Stream.of(
            host.declared(),
            namedByGroup,
            cloudInit.collected().map(CloudInit::place),
            metadata.collected().map(Metadata::place),
            dmi.collected()
                .flatMap(Dmi::provider)
                .map(provider ->
                    new Place(
                        Place.Source.DMI,
                        Optional.of(provider),
                        Optional.empty(),
                        Optional.empty())))
        .flatMap(Optional::stream)
        .filter(place -> !place.isEmpty())
        .toList();
  }
}

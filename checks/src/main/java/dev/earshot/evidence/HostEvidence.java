package dev.earshot.evidence;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All that is known of one host.
public record HostEvidence(
    InventoryHost host,
    Optional<String> unreachable,
    Evidence<OperatingSystem> os,
    Sampled<Cpu> cpu,
    Sampled<ProcessTimes> processes,
    Evidence<Memory> memory,
    Evidence<List<Filesystem>> filesystems,
    Sampled<Pressure> pressure,
    Evidence<TimeSync> timeSync,
    Sampled<List<Disk>> disks,
    Evidence<Dmi> dmi,
    Evidence<CloudInit> cloudInit,
    Evidence<Metadata> metadata,
    Evidence<Addresses> addresses,
    Evidence<List<Listener>> listeners,
    Sampled<List<Socket>> sockets,
    Evidence<List<Ping>> pings,
    Evidence<List<PostgresSettings>> postgres,
    Sampled<List<PostgresActivity>> postgresActivity,
    Evidence<List<PostgresHba>> hba,
    Sampled<HaProxy> haProxy,
    Evidence<Containers> containers,
    Evidence<List<LemmyNode>> lemmy,
    Sampled<List<LemmyDatabase>> lemmyDatabase) {

  public static HostEvidence of(HostRecording recording) {
    return of(new Reading(recording));
  }

  static HostEvidence of(Reading reading) {
    return new HostEvidence(
        reading.recording().host(),
        reading.recording().unreachable(),
        reading.of(OperatingSystem.PROBE),
        reading.both(Cpu.PROBE),
        reading.both(ProcessTimes.PROBE),
        reading.of(Memory.PROBE),
        reading.of(Filesystem.PROBE),
        reading.both(Pressure.PROBE),
        reading.of(TimeSync.PROBE),
        reading.both(Disk.PROBE),
        reading.of(Dmi.PROBE),
        reading.of(CloudInit.PROBE),
        reading.of(Metadata.PROBE),
        reading.of(Addresses.PROBE),
        reading.of(Listener.PROBE),
        reading.both(Socket.PROBE),
        reading.of(Ping.PROBE),
        reading.of(PostgresSettings.PROBE),
        reading.both(PostgresActivity.PROBE),
        reading.of(PostgresHba.PROBE),
        reading.both(HaProxy.PROBE),
        reading.of(Containers.PROBE),
        reading.of(LemmyNode.PROBE),
        reading.both(LemmyDatabase.PROBE));
  }

  public HostName name() {
    return host.name();
  }

  /// Where it is, one entry a source that says anything, in the order in which they are trusted.
  public List<Place> places() {
    return Stream.of(
            host.declared(),
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

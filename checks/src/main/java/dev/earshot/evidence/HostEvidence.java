package dev.earshot.evidence;

import java.util.List;
import java.util.Optional;

/// All that is known of one host.
public record HostEvidence(
    InventoryHost host,
    Optional<String> unreachable,
    Evidence<OperatingSystem> os,
    Sampled<Cpu> cpu,
    Sampled<ProcessTimes> processes,
    Evidence<Memory> memory,
    Evidence<List<Filesystem>> filesystems,
    Sampled<List<Disk>> disks,
    Evidence<Dmi> dmi,
    Evidence<Addresses> addresses,
    Evidence<List<Listener>> listeners,
    Sampled<List<Socket>> sockets,
    Evidence<List<Ping>> pings,
    Evidence<List<PostgresSettings>> postgres,
    Sampled<List<PostgresActivity>> postgresActivity,
    Sampled<HaProxy> haProxy) {

  public static HostEvidence of(HostRecording recording) {
    return new HostEvidence(
        recording.host(),
        recording.unreachable(),
        recording.read(OperatingSystem.PROBE),
        recording.readBoth(Cpu.PROBE),
        recording.readBoth(ProcessTimes.PROBE),
        recording.read(Memory.PROBE),
        recording.read(Filesystem.PROBE),
        recording.readBoth(Disk.PROBE),
        recording.read(Dmi.PROBE),
        recording.read(Addresses.PROBE),
        recording.read(Listener.PROBE),
        recording.readBoth(Socket.PROBE),
        recording.read(Ping.PROBE),
        recording.read(PostgresSettings.PROBE),
        recording.readBoth(PostgresActivity.PROBE),
        recording.readBoth(HaProxy.PROBE));
  }

  public HostName name() {
    return host.name();
  }
}

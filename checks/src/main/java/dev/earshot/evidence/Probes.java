package dev.earshot.evidence;

import java.util.List;
import java.util.stream.Stream;

/// Every question that Earshot ever asks a host, in the order in which it asks.
public final class Probes {

  /// Asked at both ends of the window; what is cheap and changes fast comes last, next to the wait.
  public static final List<Probe<?>> SAMPLED =
      List.of(
          PostgresActivity.PROBE,
          LemmyDatabase.PROBE,
          HaProxy.PROBE,
          Disk.PROBE,
          Pressure.PROBE,
          Cpu.PROBE,
          ProcessTimes.PROBE,
          Socket.PROBE);

  /// Asked once, within the window.
  public static final List<Probe<?>> ONCE =
      List.of(
          Ping.PROBE,
          OperatingSystem.PROBE,
          Memory.PROBE,
          Filesystem.PROBE,
          TimeSync.PROBE,
          Dmi.PROBE,
          CloudInit.PROBE,
          Metadata.PROBE,
          Addresses.PROBE,
          Listener.PROBE,
          PostgresSettings.PROBE,
          PostgresHba.PROBE,
          Containers.PROBE,
          LemmyNode.PROBE);

  /// All of them.
  public static final List<Probe<?>> ALL = Stream.concat(ONCE.stream(), SAMPLED.stream()).toList();

  private Probes() {}
}

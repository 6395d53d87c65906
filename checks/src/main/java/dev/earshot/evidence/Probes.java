package dev.earshot.evidence;

import java.util.List;
import java.util.stream.Stream;

/// Every question that Earshot ever asks a host, in the order in which it asks.
public final class Probes {

  /// Asked at both ends of the window; the list of processes tells what else there is to ask about,
  /// and what is cheap and changes fast comes last, next to the wait.
  public static final List<Probe<?>> SAMPLED =
      List.of(
          ProcessTimes.PROBE,
          PostgresActivity.PROBE,
          LemmyDatabase.PROBE,
          PgBouncer.PROBE,
          HaProxy.PROBE,
          Disk.PROBE,
          Pressure.PROBE,
          Cpu.PROBE,
          ContainerSockets.PROBE,
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
          PostgresHealth.PROBE,
          HaProxyLog.PROBE,
          HaProxyConfiguration.PROBE,
          Nginx.PROBE,
          PostgresHba.PROBE,
          Containers.PROBE,
          ContainerReadiness.PROBE,
          LemmyNode.PROBE,
          LemmyProcess.PROBE);

  /// Asked after the window by an audit that looks deep.
  public static final List<Probe<?>> DEEP = List.of(PostgresTables.PROBE);

  /// Asked after the others, and not of a shell, of the hosts where they left something open.
  public static final List<Probe<?>> AFTERWARDS = List.of(TunnelRtt.PROBE, ServiceName.PROBE);

  /// All of them.
  public static final List<Probe<?>> ALL =
      Stream.of(ONCE, SAMPLED, DEEP, AFTERWARDS).flatMap(List::stream).toList();

  /// Those asked within the window whose questions PostgreSQL answers itself, whoever brings them
  /// there.
  public static final List<SqlProgram> OF_POSTGRES =
      List.of(
          PostgresActivity.PROGRAM,
          LemmyDatabase.PROGRAM,
          PostgresSettings.PROGRAM,
          PostgresHealth.PROGRAM,
          PostgresHba.PROGRAM);

  /// What many of the commands have in common: a program needs to hold it only once.
  public static final String SHARED = Psql.PRELUDE;

  private Probes() {}

  /// What an audit asks that looks so far.
  public static List<Probe<?>> of(Depth depth) {
    return switch (depth) {
      case USUAL -> ALL.stream().filter(probe -> !DEEP.contains(probe)).toList();
      case DEEP -> ALL;
    };
  }

  /// Those that a host's shell is asked after the window.
  public static List<Probe<?>> afterWindow(Depth depth) {
    return switch (depth) {
      case USUAL -> List.of();
      case DEEP -> DEEP;
    };
  }

  /// What PostgreSQL answers itself of those.
  public static List<SqlProgram> ofPostgresAfterWindow(Depth depth) {
    return switch (depth) {
      case USUAL -> List.of();
      case DEEP -> List.of(PostgresTables.PROGRAM);
    };
  }
}

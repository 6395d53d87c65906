package dev.earshot.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One audit's recordings: what `--save` keeps and `earshot report` replays.
///
/// @param takenAt when the audit began, by the clock of the machine that ran it
/// @param window seconds that were asked for between the two samples
/// @param version of Earshot that asked
/// @param depth how far it looked
/// @param remotes other instances that were asked
/// @param shard which part of the fleet was asked, if not all of it; the other hosts are told as
///   unreachable
public record FleetRecording(
    Instant takenAt,
    Duration window,
    String version,
    Depth depth,
    List<HostRecording> hosts,
    List<Remote> remotes,
    Optional<Shard> shard) {

  public FleetRecording {
    hosts = List.copyOf(hosts);
    remotes = List.copyOf(remotes);
  }

  /// One of a whole fleet.
  public FleetRecording(
      Instant takenAt,
      Duration window,
      String version,
      Depth depth,
      List<HostRecording> hosts,
      List<Remote> remotes) {
    this(takenAt, window, version, depth, hosts, remotes, Optional.empty());
  }

  /// One of an audit that looked at what is cheap to ask.
  public FleetRecording(
      Instant takenAt, Duration window, String version, List<HostRecording> hosts) {
    this(takenAt, window, version, Depth.USUAL, hosts, List.of());
  }

  /// The same, as an audit with another depth would have it: to be compared with such a one.
  public FleetRecording at(Depth other) {
    return new FleetRecording(takenAt, window, version, other, hosts, remotes, shard);
  }

  /// The same, with what other instances said.
  public FleetRecording with(List<Remote> others) {
    return new FleetRecording(takenAt, window, version, depth, hosts, others, shard);
  }
}

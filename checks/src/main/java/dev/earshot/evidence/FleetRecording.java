package dev.earshot.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One audit's recordings: what `--save` keeps and `earshot report` replays.
///
/// @param takenAt when the audit began, by the clock of the machine that ran it
/// @param window seconds that were asked for between the two samples
/// @param version of Earshot that asked
/// @param depth how far it looked
public record FleetRecording(
    Instant takenAt, Duration window, String version, Depth depth, List<HostRecording> hosts) {

  public FleetRecording {
    hosts = List.copyOf(hosts);
  }

  /// One of an audit that looked at what is cheap to ask.
  public FleetRecording(
      Instant takenAt, Duration window, String version, List<HostRecording> hosts) {
    this(takenAt, window, version, Depth.USUAL, hosts);
  }

  /// The same, as an audit with another depth would have it: to be compared with such a one.
  public FleetRecording at(Depth other) {
    return new FleetRecording(takenAt, window, version, other, hosts);
  }
}

package dev.earshot.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One audit's recordings: what `--save` keeps and `earshot report` replays.
///
/// @param takenAt when the audit began, by the clock of the machine that ran it
/// @param window seconds that were asked for between the two samples
/// @param version of Earshot that asked
public record FleetRecording(
    Instant takenAt, Duration window, String version, List<HostRecording> hosts) {

  public FleetRecording {
    hosts = List.copyOf(hosts);
  }
}

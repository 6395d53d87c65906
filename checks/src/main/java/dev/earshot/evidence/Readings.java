package dev.earshot.evidence;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/// Reads recordings into evidence, each host's only once, however many fleets it is put into: while
/// hosts are asked, to find out what is still missing, and afterwards to be judged. Not for several
/// threads at once.
public final class Readings {

  private final IdentityHashMap<HostRecording, Reading> read = new IdentityHashMap<>();

  /// All that an audit learned.
  ///
  /// @param arrivals what the busiest sender has to get through, where the admin says so
  public FleetEvidence of(FleetRecording recording, Optional<Arrivals> arrivals) {
    List<Reading> readings =
        recording.hosts().stream()
            .map(host -> read.computeIfAbsent(host, each -> new Reading(each, recording.window())))
            .toList();
    GroupPlaces groups = new GroupPlaces(readings.stream().flatMap(HostEvidence::told).toList());
    List<HostEvidence> hosts =
        readings.parallelStream().map(reading -> HostEvidence.of(reading, groups)).toList();
    List<Trouble> troubles = new ArrayList<>();
    for (int each = 0; each < hosts.size(); each++) {
      troubles.addAll(
          FleetEvidence.troubles(readings.get(each), hosts.get(each), recording.depth()));
    }
    recording.remotes().forEach(remote -> troubles.addAll(FleetEvidence.troubles(remote)));
    return new FleetEvidence(
        recording.takenAt(),
        recording.window(),
        recording.depth(),
        arrivals,
        hosts,
        recording.remotes(),
        troubles);
  }
}

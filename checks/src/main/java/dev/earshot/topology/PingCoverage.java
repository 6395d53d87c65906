package dev.earshot.topology;

import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import java.util.Optional;
import java.util.Set;

/// How many of all ordered pairs of hosts were pinged, from one to the other. Where hosts are many,
/// a part of the pairs stands for all.
///
/// @param pinged echo requests left, answered or not
public record PingCoverage(int hosts, long pairs, long pinged) {

  /// The most hosts of which every pair is pinged.
  public static final int ALL_PAIRS = 150;

  /// How many hosts of each group every host pings where they are more.
  public static final int OF_EACH_GROUP = 2;

  /// How many of those that follow it in the inventory each host pings then: up to so many sites
  /// may take turns in it.
  public static final int NEIGHBOURS = 12;

  public static PingCoverage of(FleetEvidence fleet) {
    Set<HostName> names = fleet.byName().keySet();
    long hosts = names.size();
    return new PingCoverage(
        names.size(),
        hosts * (hosts - 1),
        fleet.byName().values().stream().mapToLong(host -> pinged(host, names)).sum());
  }

  private static long pinged(HostEvidence host, Set<HostName> names) {
    return host.pings().collected().stream()
        .flatMap(pings -> pings.stream())
        .filter(ping -> ping.sent() > 0)
        .map(ping -> ping.peer())
        .filter(peer -> names.contains(peer) && !peer.equals(host.name()))
        .distinct()
        .count();
  }

  /// What was left out on purpose, and why; nothing where every pair was to be pinged.
  public Optional<String> leftOut() {
    return hosts <= ALL_PAIRS || pinged >= pairs
        ? Optional.empty()
        : Optional.of(
            "%d of %d ordered pairs of hosts were pinged: of more than %d hosts, each pings %d of each group and the %d that follow it in the inventory; hosts that hold connections have the kernel's own figures"
                .formatted(pinged, pairs, ALL_PAIRS, OF_EACH_GROUP, NEIGHBOURS));
  }
}

package dev.earshot.lab;

import java.time.Duration;
import java.util.List;

/// How long a frame takes from one port to another, one way: little within a site, much between
/// two.
final class DelayMatrix {
  /// One way within a site; with what the machine itself adds, a round trip of about half a
  /// millisecond.
  static final Duration WITHIN_SITE = Duration.ofNanos(150_000);

  /// One way between sites: a round trip of 25 ms, some 2000 km of fibre.
  static final Duration BETWEEN_SITES = Duration.ofNanos(12_500_000);

  private final long[][] nanos;

  DelayMatrix(List<Port> ports) {
    nanos =
        ports.stream()
            .map(from -> ports.stream().mapToLong(to -> delay(from, to).toNanos()).toArray())
            .toArray(long[][]::new);
  }

  /// The delay in nanoseconds between the ports at two places of the list.
  long nanos(int from, int to) {
    return nanos[from][to];
  }

  private static Duration delay(Port from, Port to) {
    return from.site().equals(to.site()) ? WITHIN_SITE : BETWEEN_SITES;
  }
}

package dev.earshot.budget;

import dev.earshot.evidence.Millis;
import java.time.Duration;

/// What waits cost besides the time waited: after a pause the same work is dearer, as caches are
/// cold and the processor's clock is low.
///
/// In trials the same work took after pauses of 20 ms or more 1.6 (a shell), 4 (Python) and 3 to 6
/// times (Java backends) the processor time that it takes without pauses; after 10 ms 3 times,
/// after 5 ms 1.8 times, after 2 ms 1.2 times.
final class Waking {

  /// The middle of the trials.
  private static final double RATIO = 4;

  /// From so long a pause on; below it, in proportion.
  private static final Duration PAUSE = Duration.ofMillis(20);

  /// As long after a pause work is dearer: caches fill and clocks rise within about a millisecond.
  private static final Duration BURST = Duration.ofMillis(1);

  private Waking() {}

  /// What a backend's own work saves when each of some waits is shorter, or costs, as less than
  /// nothing, when it is longer.
  ///
  /// @param computing of one request, with the waits as they are
  /// @param waits of one request
  static Duration saves(Duration computing, double waits, Duration lessWaiting) {
    boolean shorter = !lessWaiting.isNegative();
    Duration bursts = RequestCost.times(BURST, waits);
    // Once awake the same work takes a RATIOth.
    Duration limit = shorter ? bursts : RequestCost.times(bursts, 1 / RATIO);
    Duration burst = computing.compareTo(limit) < 0 ? computing : limit;
    double paused = Math.min(1, Millis.ratio(lessWaiting.abs(), PAUSE));
    return RequestCost.times(burst, paused * (shorter ? 1 - 1 / RATIO : 1 - RATIO));
  }
}

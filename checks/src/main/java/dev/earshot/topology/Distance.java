package dev.earshot.topology;

import dev.earshot.evidence.Millis;
import java.time.Duration;

/// What a round trip says about distance.
public final class Distance {

  /// Hosts this near each other share a datacenter, or as good as: Lemmy's administration guide
  /// wants its database within one to two milliseconds.
  public static final Duration SAME_SITE = Duration.ofMillis(2);

  /// Light in fibre covers 200 km in a millisecond; there and back, that is 100 km of distance.
  private static final int KILOMETRES_PER_MILLISECOND = 100;

  private Distance() {}

  /// No two points with this round trip between them can be farther apart; rounded to ten
  /// kilometres.
  public static long atMostKilometres(Duration roundTrip) {
    return Math.round(Millis.of(roundTrip) * KILOMETRES_PER_MILLISECOND / 10) * 10;
  }
}

package dev.earshot.budget;

import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Rate;
import java.time.Duration;

/// A counted rate, and who counted.
///
/// @param by `haproxy` or `kernel`
/// @param error of the rate, relative: 0.05 is 5 % either way
public record Count(Rate rate, String by, double error) {

  /// The samples' clock ticks in hundredths of a second, once at each end.
  private static final double CLOCK_SECONDS = 0.02;

  /// Over whole requests: only the clock errs.
  static Count whole(double count, Duration span, String by) {
    return new Count(Rate.of(count, span), by, CLOCK_SECONDS / seconds(span));
  }

  /// Over a window that may cut a request at either end.
  static Count cut(double count, Duration window, String by) {
    return new Count(
        Rate.of(count, window), by, 1 / Math.max(1, count) + CLOCK_SECONDS / seconds(window));
  }

  private static double seconds(Duration duration) {
    return Millis.of(duration) / 1000;
  }
}

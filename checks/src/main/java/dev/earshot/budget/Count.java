package dev.earshot.budget;

import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Rate;
import java.time.Duration;

/// Requests that were counted, and who counted.
///
/// @param span the time over which they were: the real one, not the one that was asked for
/// @param by `haproxy` or `kernel`
/// @param error of the rate, relative: 0.05 is 5 % either way
public record Count(double number, Duration span, String by, double error) {

  /// The samples' clock ticks in hundredths of a second, once at each end.
  private static final double CLOCK_SECONDS = 0.02;

  /// Over whole requests: only the clock errs.
  static Count whole(double count, Duration span, String by) {
    return new Count(count, span, by, CLOCK_SECONDS / seconds(span));
  }

  /// Over a window that may cut a request at either end.
  static Count cut(double count, Duration window, String by) {
    return new Count(count, window, by, 1 / Math.max(1, count) + CLOCK_SECONDS / seconds(window));
  }

  public Rate rate() {
    return Rate.of(number, span);
  }

  private static double seconds(Duration duration) {
    return Millis.of(duration) / 1000;
  }
}

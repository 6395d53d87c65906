package dev.earshot.evidence;

import java.time.Duration;
import java.util.Locale;

/// Durations as the milliseconds that people read, with the decimals that matter at their size.
public final class Millis {

  private Millis() {}

  /// Any duration: unlike its nanoseconds, this never overflows.
  public static double of(Duration duration) {
    return duration.getSeconds() * 1e3 + duration.getNano() / 1e6;
  }

  /// A part's share of the whole; 0 where the whole is nothing.
  public static double ratio(Duration part, Duration whole) {
    return whole.isPositive() ? of(part) / of(whole) : 0;
  }

  /// Of a finite number; beyond 292 years it stays there.
  public static Duration duration(double milliseconds) {
    return Duration.ofNanos(Math.round(milliseconds * 1e6));
  }

  /// `0 ms`, `0.03 ms`, `0.45 ms`, `25.3 ms`, `534 ms`.
  public static String format(Duration duration) {
    double value = of(duration);
    double size = Math.abs(value);
    if (size == 0) {
      return "0 ms";
    }
    String pattern = size < 0.995 ? "%.2f ms" : size < 99.95 ? "%.1f ms" : "%.0f ms";
    return String.format(Locale.ROOT, pattern, value);
  }
}

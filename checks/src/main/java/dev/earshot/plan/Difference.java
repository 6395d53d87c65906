package dev.earshot.plan;

import dev.earshot.evidence.Millis;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// How much longer calls take, as people say it: `+25 ms on 20 calls`.
public final class Difference {

  /// Above it, tenths of a millisecond say nothing.
  private static final Duration WHOLE = Duration.ofMillis(10);

  private Difference() {}

  /// The difference of one call, and how many calls there are.
  ///
  /// @param perCall what one call takes longer; negative where it gets shorter
  /// @param calls that one request makes, where they were counted
  public static String of(Duration perCall, Optional<Double> calls) {
    return signed(perCall)
        + calls.map(count -> String.format(Locale.ROOT, " on %.0f calls", count)).orElse(" a call");
  }

  /// `+25 ms`, `−0.30 ms`, `±0 ms`
  static String signed(Duration difference) {
    Duration size = difference.abs();
    String sign = difference.isNegative() ? "−" : difference.isZero() ? "±" : "+";
    return sign
        + (size.compareTo(WHOLE) < 0
            ? Millis.format(size)
            : String.format(Locale.ROOT, "%.0f ms", Millis.of(size)));
  }
}

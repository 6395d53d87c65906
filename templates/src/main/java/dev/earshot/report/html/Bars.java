package dev.earshot.report.html;

import dev.earshot.report.layout.Figures;
import java.util.Locale;
import java.util.OptionalDouble;

/// Lengths of bars and the figures beside them.
final class Bars {

  private Bars() {}

  /// A ratio as a length in SVG: `91.4%`.
  static String share(double ratio) {
    return String.format(Locale.ROOT, "%.2f%%", Math.clamp(ratio, 0, 1) * 100);
  }

  static String rate(OptionalDouble perSecond) {
    return perSecond.isPresent() ? Figures.rate(perSecond.getAsDouble()) : "no limit";
  }

  static String ms(OptionalDouble milliseconds) {
    return milliseconds.isPresent() ? Figures.ms(milliseconds.getAsDouble()) : "?";
  }
}

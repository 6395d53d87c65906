package dev.earshot.report.layout;

import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Rate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers as people read them, the same in every format.
public final class Figures {

  /// What rounds to nothing.
  private static final double NOTHING_MS = 0.005;

  private Figures() {}

  /// `25.3 ms`
  public static String ms(double value) {
    return value == 0 ? "0 ms" : Millis.format(Millis.duration(value));
  }

  /// `25.3`
  public static String bareMs(double value) {
    String text = ms(value);
    return text.substring(0, text.length() - " ms".length());
  }

  /// `1.8/s`
  public static String rate(double perSecond) {
    return new Rate(perSecond).toString();
  }

  /// A number for programs, without an exponent and to nine places at most: `0.001`, `25`.
  public static String plain(double value) {
    BigDecimal number = BigDecimal.valueOf(value).setScale(9, RoundingMode.HALF_EVEN);
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /// `91 %`
  public static String percent(double ratio) {
    return String.format(
        Locale.ROOT, ratio > 0 && ratio < 0.0095 ? "%.1f %%" : "%.0f %%", ratio * 100);
  }

  /// `20.1`
  public static String one(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /// `saves 497 ms`, `costs 1.2 ms`, `saves nothing`
  public static String gain(double savesMs) {
    if (Math.abs(savesMs) < NOTHING_MS) {
      return "saves nothing";
    }
    return savesMs > 0 ? "saves " + ms(savesMs) : "costs " + ms(-savesMs);
  }

  /// `1 host`, `3 hosts`
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /// Seconds without a needless `.0`.
  public static String seconds(double value) {
    return value == Math.rint(value) ? "%.0f s".formatted(value) : one(value) + " s";
  }
}

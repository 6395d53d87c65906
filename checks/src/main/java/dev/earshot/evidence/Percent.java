package dev.earshot.evidence;

import java.util.Locale;

/// A share in hundredths: 91 is 91 %.
public record Percent(double value) implements Comparable<Percent> {

  public static Percent ofRatio(double ratio) {
    return new Percent(ratio * 100);
  }

  public double ratio() {
    return value / 100;
  }

  @Override
  public int compareTo(Percent other) {
    return Double.compare(value, other.value);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, value != 0 && value < 10 ? "%.1f %%" : "%.0f %%", value);
  }
}

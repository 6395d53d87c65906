package dev.earshot.evidence;

import java.time.Duration;
import java.util.Locale;

/// How often something happens.
public record Rate(double perSecond) implements Comparable<Rate> {

  public static Rate of(double count, Duration over) {
    return new Rate(count / Millis.of(over) * 1000);
  }

  @Override
  public int compareTo(Rate other) {
    return Double.compare(perSecond, other.perSecond);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, perSecond < 100 ? "%.1f/s" : "%.0f/s", perSecond);
  }
}

package dev.earshot.evidence;

import java.util.Locale;

/// An amount of storage.
public record Bytes(long value) implements Comparable<Bytes> {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  public Bytes {
    if (value < 0) {
      throw new UnreadableOutput("a size below zero: " + value);
    }
  }

  public static Bytes ofKiB(long kib) {
    return new Bytes(Math.multiplyExact(kib, 1024L));
  }

  @Override
  public int compareTo(Bytes other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    double amount = value;
    int unit = 0;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
  }
}

package dev.earshot.report.layout;

import java.util.OptionalDouble;

/// How far a round trip says that two hosts are from each other.
public enum Band {
  /// One rack or one building.
  NEXT_DOOR(0.5, '.', "up to 0.5 ms"),
  SAME_DATACENTER(1, '-', "up to 1 ms"),
  /// What a database may be away.
  SAME_SITE(2, '+', "up to 2 ms"),
  SAME_REGION(10, '*', "up to 10 ms"),
  FAR(Double.POSITIVE_INFINITY, '#', "more"),
  /// No answer came back, or nobody asked: not to be taken for near.
  UNKNOWN(Double.NaN, '?', "not known");

  private final double upToMs;
  private final char symbol;
  private final String label;

  Band(double upToMs, char symbol, String label) {
    this.upToMs = upToMs;
    this.symbol = symbol;
    this.label = label;
  }

  public static Band of(OptionalDouble ms) {
    if (ms.isEmpty()) {
      return UNKNOWN;
    }
    for (Band band : values()) {
      if (ms.getAsDouble() <= band.upToMs) {
        return band;
      }
    }
    return FAR;
  }

  /// Says without colour what colour says.
  public char symbol() {
    return symbol;
  }

  /// Farther than a database may be.
  public boolean isFar() {
    return this == SAME_REGION || this == FAR;
  }

  public String label() {
    return label;
  }
}

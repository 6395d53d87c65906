package dev.earshot.check;

import java.util.Optional;

/// One value that a verdict rests on.
///
/// @param name with its unit: `rttMedianMs`
/// @param limit the value was held against, where there is one
/// @param by the method or source
public record Measurement(String name, double value, Optional<Double> limit, String by) {

  /// A value without a limit.
  public static Measurement of(String name, double value, String by) {
    return new Measurement(name, value, Optional.empty(), by);
  }

  /// A value held against a limit.
  public static Measurement limited(String name, double value, double limit, String by) {
    return new Measurement(name, value, Optional.of(limit), by);
  }
}

package dev.earshot.budget;

import java.util.Locale;

/// How many database round trips one request makes.
///
/// @param perRequest mean over the window
/// @param uncertainty of that mean, either way
/// @param by who counted: `kernel` or `postgres`
public record RoundTrips(double perRequest, double uncertainty, String by) {

  /// `20.1 ± 0.2`
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f ± %.1f", perRequest, uncertainty);
  }
}

package dev.earshot.topology;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Quantiles of measured durations, in any order; nothing where nothing was measured.
public final class Quantiles {

  private Quantiles() {}

  public static Optional<Duration> median(List<Duration> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    List<Duration> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return Optional.of(
        sorted.size() % 2 == 1
            ? sorted.get(half)
            : sorted.get(half - 1).plus(sorted.get(half)).dividedBy(2));
  }

  /// The smallest measured value that at least `ratio` of all do not exceed (nearest rank).
  public static Optional<Duration> percentile(List<Duration> values, double ratio) {
    int rank = (int) Math.ceil(ratio * values.size());
    return values.stream().sorted().skip(Math.max(0, rank - 1)).findFirst();
  }
}

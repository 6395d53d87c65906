package dev.earshot.lab;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a run of the sender came to: answered requests with the time each took, failed ones, and
/// how long the run was.
record LoadSummary(List<Duration> answered, int failures, Duration took) {
  LoadSummary {
    answered = List.copyOf(answered);
  }

  /// Of two senders at once.
  LoadSummary plus(LoadSummary other) {
    return new LoadSummary(
        Stream.concat(answered.stream(), other.answered.stream()).toList(),
        failures + other.failures,
        took.compareTo(other.took) >= 0 ? took : other.took);
  }

  int requests() {
    return answered.size();
  }

  double requestsPerSecond() {
    return took.isZero() ? 0 : requests() / (took.toNanos() / 1e9);
  }

  double meanMs() {
    return answered.stream().mapToDouble(LoadSummary::millis).average().orElse(0);
  }

  /// The time that this share of the requests took at most, by nearest rank; 0 without requests.
  double percentileMs(double share) {
    List<Duration> sorted = answered.stream().sorted().toList();
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.isEmpty() ? 0 : millis(sorted.get(Math.max(rank, 1) - 1));
  }

  /// One line of JSON.
  String json() {
    return String.format(
        Locale.ROOT,
        "{\"requests\": %d, \"failures\": %d, \"seconds\": %.3f, \"requestsPerSecond\": %.2f,"
            + " \"meanMs\": %.2f, \"medianMs\": %.2f, \"p95Ms\": %.2f, \"maxMs\": %.2f}",
        requests(),
        failures,
        took.toNanos() / 1e9,
        requestsPerSecond(),
        meanMs(),
        percentileMs(0.5),
        percentileMs(0.95),
        percentileMs(1));
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}

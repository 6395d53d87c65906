package dev.earshot.check;

import dev.earshot.evidence.Percent;
import java.time.Duration;
import java.util.Map;

/// The limits that decide in this run.
///
/// @param times those that were set otherwise than usual
/// @param shares the same of shares
public record Thresholds(Map<Limit.Time, Duration> times, Map<Limit.Share, Percent> shares) {

  /// All limits are the usual ones.
  public static final Thresholds USUAL = new Thresholds(Map.of(), Map.of());

  public Thresholds {
    times = Map.copyOf(times);
    shares = Map.copyOf(shares);
  }

  public Duration of(Limit.Time limit) {
    return times.getOrDefault(limit, limit.usual());
  }

  public Percent of(Limit.Share limit) {
    return shares.getOrDefault(limit, limit.usual());
  }
}

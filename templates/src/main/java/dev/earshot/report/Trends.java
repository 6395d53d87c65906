package dev.earshot.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the runs before a report measured, and the report itself: the oldest first.
///
/// @param runs how many there are
/// @param since when the first began, ISO 8601 in UTC
/// @param roundTrips medians in milliseconds, the link and the method as label
/// @param ceilings requests a second that a sender gets that waits for each answer, by path
public record Trends(int runs, String since, List<Trend> roundTrips, List<Trend> ceilings) {

  public static final Trends NONE = new Trends(0, "", List.of(), List.of());

  public Trends {
    roundTrips = List.copyOf(roundTrips);
    ceilings = List.copyOf(ceilings);
  }

  /// One measurement through the runs.
  ///
  /// @param values one a run; none where it was not measured
  /// @param until when the last run began that saw it, ISO 8601 in UTC, where that is not the
  ///   report's own
  public record Trend(String label, List<OptionalDouble> values, Optional<String> until) {

    public Trend {
      values = List.copyOf(values);
    }

    public Trend(String label, List<OptionalDouble> values) {
      this(label, values, Optional.empty());
    }
  }
}

package dev.earshot.report.layout;

import dev.earshot.report.Trends.Trend;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/// A measurement's way through the runs, with its figures.
///
/// @param now the last run's; `?` where it was not measured then
/// @param until when it was seen last, where that was before
/// @param heights of the values, from 0 to the highest as 1
public record TrendRow(
    String label,
    String now,
    Optional<String> until,
    String lowest,
    String highest,
    List<OptionalDouble> heights) {

  public TrendRow {
    heights = List.copyOf(heights);
  }

  /// Those that were measured more than once: a single value has no trend.
  ///
  /// @param format puts a value into words
  public static List<TrendRow> of(List<Trend> trends, DoubleFunction<String> format) {
    return trends.stream()
        .filter(trend -> trend.values().stream().filter(OptionalDouble::isPresent).count() > 1)
        .map(trend -> of(trend, format))
        .toList();
  }

  /// Heights begin at zero, so that what hardly changes looks like it.
  private static TrendRow of(Trend trend, DoubleFunction<String> format) {
    var figures =
        trend.values().stream().flatMapToDouble(OptionalDouble::stream).summaryStatistics();
    OptionalDouble last = trend.values().getLast();
    return new TrendRow(
        trend.label(),
        last.isPresent() ? format.apply(last.getAsDouble()) : "?",
        trend.until(),
        format.apply(figures.getMin()),
        format.apply(figures.getMax()),
        trend.values().stream().map(value -> height(value, figures.getMax())).toList());
  }

  private static OptionalDouble height(OptionalDouble value, double highest) {
    return value.isPresent() && highest > 0
        ? OptionalDouble.of(Math.clamp(value.getAsDouble() / highest, 0, 1))
        : value;
  }
}

package dev.earshot.report.layout;

import dev.earshot.report.PlanReport;
import dev.earshot.report.PlanReport.ForecastRow;
import java.util.List;
import java.util.OptionalDouble;

/// The figures of a forecast, the same in every format: `65.9 ms`; `at least 65.9 ms` where nothing
/// measured a request as a whole; `?` where there is none.
public final class ForecastWords {

  private ForecastWords() {}

  /// Which way a request goes: both where it is another after the move.
  public static String paths(PlanReport report, ForecastRow row) {
    return isMeasuredElsewhere(report, row)
        ? "%s today, %s after the move".formatted(path(row.pathBefore()), path(row.pathAfter()))
        : path(row.pathAfter());
  }

  /// Whether the way that was measured is not the one that is predicted.
  public static boolean isMeasuredElsewhere(PlanReport report, ForecastRow row) {
    return !report.stage().equals("after") && !row.pathBefore().equals(row.pathAfter());
  }

  /// `lb1 → backend1 → db1`
  public static String path(List<String> hosts) {
    return String.join(" → ", hosts);
  }

  /// What a request takes today.
  public static String before(ForecastRow row) {
    return request(row.requestBeforeMs(), row.exactBefore());
  }

  /// What it would take after the move.
  public static String after(ForecastRow row) {
    return request(row.requestAfterMs(), row.exactAfter());
  }

  private static String request(OptionalDouble milliseconds, boolean exact) {
    return milliseconds.isPresent()
        ? (exact ? "" : "at least ") + Figures.ms(milliseconds.getAsDouble())
        : "?";
  }

  /// What a serial sender would get then: `15.2/s`, `15.2/s at most`.
  public static String ceilingAfter(ForecastRow row) {
    return row.serialCeilingAfterPerSecond().isPresent()
        ? Figures.rate(row.serialCeilingAfterPerSecond().getAsDouble())
            + (row.exactAfter() ? "" : " at most")
        : "?";
  }
}

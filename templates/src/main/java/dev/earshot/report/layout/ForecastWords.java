package dev.earshot.report.layout;

import dev.earshot.report.PlanReport.ForecastRow;
import java.util.OptionalDouble;

/// The figures of a forecast, the same in every format: `65.9 ms`; `at least 65.9 ms` where nothing
/// measured a request as a whole; `?` where there is none.
public final class ForecastWords {

  private ForecastWords() {}

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

package dev.earshot.check.postgres;

import dev.earshot.check.Finding;
import dev.earshot.check.Measurement;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Counters;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// What a database counted, by the day. Less than a day counts as one: the first deadlock after a
/// reset is no rate.
record PerDay(String database, double rate, Duration counting) {

  static final String NOT_COUNTED = "what its databases counted could not be read";

  private static final Duration DAY = Duration.ofDays(1);

  /// The database with the highest rate; nothing where none is known.
  static Optional<PerDay> most(PostgresHealth health, ToLongFunction<Counters> count) {
    return health.counters().stream()
        .flatMap(List::stream)
        .flatMap(counters ->
            counters.counting().stream()
                .map(time ->
                    new PerDay(
                        counters.database(),
                        count.applyAsLong(counters)
                            / (time.compareTo(DAY) > 0 ? Millis.of(time) / Millis.of(DAY) : 1),
                        time)))
        .max(Comparator.comparingDouble(PerDay::rate));
  }

  /// The finding on the database with the highest rate.
  ///
  /// @param counted what happens so often, behind the number: `deadlocks a day`
  /// @param more behind the limit
  /// @param name of the measurement
  /// @param tolerated a day
  /// @param pattern a day, above which it is no chance any more
  static Finding judge(
      JudgedServer server,
      Optional<PerDay> worst,
      String counted,
      String more,
      String name,
      double tolerated,
      double pattern,
      Remedy remedy) {
    if (worst.isEmpty()) {
      return server.unknown(NOT_COUNTED);
    }
    double rate = worst.get().rate();
    String told =
        String.format(
            Locale.ROOT,
            "%.1f %s%s, counted over %s; limit %.0f%s",
            rate,
            counted,
            worst.get().where(),
            worst.get().over(),
            tolerated,
            more);
    Measurement measured = Measurement.limited(name, rate, tolerated, "pg_stat_database");
    return rate <= tolerated
        ? server.pass(told, measured)
        : server.fail(rate > pattern ? Severity.MEDIUM : Severity.LOW, told, remedy, measured);
  }

  /// ` in lemmy`
  String where() {
    return rate > 0 && !database.isEmpty() ? " in " + database : "";
  }

  String over() {
    return Spans.told(counting);
  }
}

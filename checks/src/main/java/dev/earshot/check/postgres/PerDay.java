package dev.earshot.check.postgres;

import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Counters;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
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

  /// ` in lemmy`
  String where() {
    return rate > 0 && !database.isEmpty() ? " in " + database : "";
  }

  String over() {
    return Spans.told(counting);
  }
}

package dev.earshot.check.pgbouncer;

import dev.earshot.evidence.PgBouncer;
import dev.earshot.evidence.PgBouncer.Counters;
import java.time.Duration;
import java.util.Optional;

/// How clients of a pool waited within the window.
///
/// @param throughout whether some waited at both ends of it
/// @param mean of its database's transactions; nothing where none began
record Waiting(boolean throughout, Optional<Duration> mean) {

  static Waiting of(Optional<PgBouncer> before, PgBouncer after, PgBouncer.Pool pool) {
    boolean already =
        before.stream()
            .flatMap(pooler -> pooler.pools().stream())
            .anyMatch(one ->
                one.database().equals(pool.database())
                    && one.role().equals(pool.role())
                    && one.waiting() > 0);
    return new Waiting(
        already && pool.waiting() > 0,
        before
            .flatMap(pooler -> counters(pooler, pool))
            .flatMap(first -> counters(after, pool).flatMap(last -> mean(first, last))));
  }

  private static Optional<Counters> counters(PgBouncer pooler, PgBouncer.Pool pool) {
    return pooler.counters().stream()
        .filter(one -> one.database().equals(pool.database()))
        .findFirst();
  }

  /// Less than before, and it was restarted.
  private static Optional<Duration> mean(Counters before, Counters after) {
    long transactions = after.transactions() - before.transactions();
    Duration waited = after.waited().minus(before.waited());
    return transactions > 0 && !waited.isNegative()
        ? Optional.of(waited.dividedBy(transactions))
        : Optional.empty();
  }
}

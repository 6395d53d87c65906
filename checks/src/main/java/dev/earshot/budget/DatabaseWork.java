package dev.earshot.budget;

import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.DatabaseCounters;
import dev.earshot.evidence.PostgresActivity.Statements;
import dev.earshot.evidence.Rate;
import dev.earshot.evidence.Sampled.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// What a PostgreSQL server did within the window, all its databases together.
final class DatabaseWork {

  private final Optional<Change<PostgresActivity>> change;

  DatabaseWork(HostEvidence database, int port) {
    this.change =
        database
            .postgresActivity()
            .change()
            .collected()
            .flatMap(all ->
                on(all.before(), port)
                    .flatMap(before ->
                        on(all.after(), port)
                            .map(after -> new Change<>(all.window(), before, after))));
  }

  /// Time that sessions spent executing, per second of the window: `active_time`, which has
  /// parsing, planning and commits in it; else what `pg_stat_statements` saw executing.
  Optional<Duration> busyPerSecond() {
    return change
        .map(work -> delta(work, counters -> counters.active().toNanos()))
        .filter(nanos -> nanos > 0)
        .or(() -> statements(statement -> statement.execution().toNanos()))
        .map(nanos -> perSecond(Duration.ofNanos(nanos)));
  }

  /// Statements per second, by `pg_stat_statements`.
  Optional<Rate> statementRate() {
    return statements(Statements::calls)
        .flatMap(calls -> change.map(work -> Rate.of(calls, work.window())));
  }

  /// Transactions per second that can have written: no more than committed, no more than rows were
  /// written.
  Optional<Rate> writingCommits() {
    return change.map(work ->
        Rate.of(
            Math.min(
                delta(work, DatabaseCounters::commits), delta(work, DatabaseCounters::rowsWritten)),
            work.window()));
  }

  /// Mean time to flush WAL to disk, where `track_wal_io_timing` measures it.
  Optional<Duration> walSync() {
    return change
        .flatMap(work ->
            work.before()
                .wal()
                .flatMap(before ->
                    work.after()
                        .wal()
                        .filter(after -> after.syncs() > before.syncs())
                        .map(after ->
                            after
                                .syncTime()
                                .minus(before.syncTime())
                                .dividedBy(after.syncs() - before.syncs()))))
        .filter(Duration::isPositive);
  }

  /// The sessions at the end of the window.
  static Optional<PostgresActivity> latest(HostEvidence database, int port) {
    return database.postgresActivity().latest().collected().flatMap(all -> on(all, port));
  }

  private Duration perSecond(Duration total) {
    return change
        .map(
            work -> Duration.ofNanos(Math.round(total.toNanos() / (work.window().toNanos() / 1e9))))
        .orElse(Duration.ZERO);
  }

  private Optional<Long> statements(ToLongFunction<Statements> count) {
    return change.flatMap(work ->
        work.before()
            .statements()
            .flatMap(before ->
                work.after()
                    .statements()
                    .map(after ->
                        Math.max(0, count.applyAsLong(after) - count.applyAsLong(before)))));
  }

  private static long delta(Change<PostgresActivity> work, ToLongFunction<DatabaseCounters> count) {
    return Math.max(
        0,
        work.after().databases().stream().mapToLong(count).sum()
            - work.before().databases().stream().mapToLong(count).sum());
  }

  private static Optional<PostgresActivity> on(List<PostgresActivity> servers, int port) {
    return servers.stream().filter(server -> server.port() == port).findFirst();
  }

  /// Why there is no measurement, if there is none.
  static Optional<String> missing(HostEvidence database) {
    return switch (database.postgresActivity().change()) {
      case Evidence.Collected<Change<List<PostgresActivity>>> _ -> Optional.empty();
      case Evidence.Absent<Change<List<PostgresActivity>>> _ ->
          Optional.of("no PostgreSQL was found on " + database.name());
      case Evidence.Uncollected<Change<List<PostgresActivity>>>(String reason) ->
          Optional.of(reason);
    };
  }
}

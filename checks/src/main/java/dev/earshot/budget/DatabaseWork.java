package dev.earshot.budget;

import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.DatabaseCounters;
import dev.earshot.evidence.PostgresActivity.Statements;
import dev.earshot.evidence.PostgresActivity.Wal;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.evidence.Rate;
import dev.earshot.evidence.Sampled.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// What a PostgreSQL server did within the window, all its databases together.
///
/// `pg_stat_statements` is exact. `pg_stat_database` is not over short windows: a session adds what
/// it did up to ten seconds late, when it has been idle for that long. So the former is asked
/// first, and no growth of the latter means "not known". Counters that ran backwards were reset.
///
/// Rates of statements are taken over the time between the two counts by the server's own clock:
/// `psql` starts more slowly on a host that is at work, which would make a window of ten seconds
/// some per cent too long.
final class DatabaseWork {

  /// Clocks that disagree about the window by more than starting `psql` takes: one was set.
  private static final Duration STARTING = Duration.ofSeconds(2);

  private final Optional<Change<PostgresActivity>> change;

  DatabaseWork(HostEvidence database, PostgresServer server) {
    this.change =
        database
            .postgresActivity()
            .change()
            .collected()
            .flatMap(all ->
                on(all.before(), server)
                    .flatMap(before ->
                        on(all.after(), server)
                            .map(after -> new Change<>(all.window(), before, after))));
  }

  /// Time spent executing, per second.
  ///
  /// @param withCommits waiting for commits is part of it
  record Execution(Duration perSecond, boolean withCommits) {}

  /// What `pg_stat_statements` saw executing, which ends before the commit; else `active_time`,
  /// which has parsing, planning and commits in it.
  Optional<Execution> execution() {
    return statements(all -> Millis.of(all.execution()))
        .map(millis -> new Execution(perSecond(statementRate(millis)), false))
        .or(() ->
            databases(counters -> Millis.of(counters.active()))
                .filter(millis -> millis > 0)
                .map(millis -> new Execution(perSecond(rate(millis)), true)));
  }

  /// Statements per second, by `pg_stat_statements`.
  Optional<Rate> statementRate() {
    return statements(Statements::calls).map(this::statementRate);
  }

  /// Transactions per second that can have written: no more than committed, and no more than
  /// statements wrote or, where those are not counted, than rows were written.
  Optional<Rate> writingCommits() {
    Optional<Double> commits = databases(DatabaseCounters::commits).filter(count -> count > 0);
    return writingStatements()
        .map(writes -> commits.map(count -> Math.min(count, writes)).orElse(writes))
        .map(this::statementRate)
        .or(() ->
            commits
                .flatMap(count ->
                    databases(DatabaseCounters::rowsWritten).map(rows -> Math.min(count, rows)))
                .map(this::rate));
  }

  /// Mean time to flush WAL to disk, where `track_wal_io_timing` measures it.
  Optional<Duration> walSync() {
    return change
        .flatMap(work ->
            work.before()
                .wal()
                .flatMap(before -> work.after().wal().flatMap(after -> mean(before, after))))
        .filter(Duration::isPositive);
  }

  private static Optional<Duration> mean(Wal before, Wal after) {
    long syncs = after.syncs() - before.syncs();
    return syncs > 0
        ? Optional.of(after.syncTime().minus(before.syncTime()).dividedBy(syncs))
        : Optional.empty();
  }

  private Optional<Double> writingStatements() {
    boolean counted =
        change
            .flatMap(work -> work.before().statements())
            .flatMap(Statements::writingCalls)
            .isPresent();
    return counted ? statements(all -> all.writingCalls().orElse(0L)) : Optional.empty();
  }

  private Optional<Double> statements(ToDoubleFunction<Statements> count) {
    return change
        .flatMap(work ->
            work.before()
                .statements()
                .flatMap(before ->
                    work.after()
                        .statements()
                        .map(after -> count.applyAsDouble(after) - count.applyAsDouble(before))))
        .filter(growth -> growth >= 0);
  }

  private Optional<Double> databases(ToDoubleFunction<DatabaseCounters> count) {
    return change
        .map(work ->
            work.after().databases().stream().mapToDouble(count).sum()
                - work.before().databases().stream().mapToDouble(count).sum())
        .filter(growth -> growth >= 0);
  }

  private Rate rate(double count) {
    return change.map(work -> Rate.of(count, work.window())).orElse(new Rate(0));
  }

  private Rate statementRate(double count) {
    return change.map(work -> Rate.of(count, between(work))).orElse(new Rate(0));
  }

  private static Duration between(Change<PostgresActivity> work) {
    return at(work.before())
        .flatMap(before -> at(work.after()).map(after -> after.minus(before)))
        .filter(Duration::isPositive)
        .filter(time -> time.minus(work.window()).abs().compareTo(STARTING) <= 0)
        .orElse(work.window());
  }

  private static Optional<Duration> at(PostgresActivity activity) {
    return activity.statements().flatMap(Statements::at);
  }

  private static Duration perSecond(Rate milliseconds) {
    return Millis.duration(milliseconds.perSecond());
  }

  private static Optional<PostgresActivity> on(
      List<PostgresActivity> servers, PostgresServer which) {
    return servers.stream().filter(server -> server.server().equals(which)).findFirst();
  }
}

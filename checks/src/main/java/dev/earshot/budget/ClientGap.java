package dev.earshot.budget;

import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.DatabaseCounters;
import dev.earshot.evidence.PostgresActivity.Statements;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.evidence.Sampled.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How long a server waits for its clients between two statements of a transaction: the network and
/// whatever the application does meanwhile, by the server's own clock.
///
/// A transaction of n statements has n - 1 such gaps, `BEGIN` and `COMMIT` counted as statements:
/// the wait before the first is no part of it. A statement outside transactions has none. Sessions
/// tell their time when a transaction ends, at most once a second, so that a window of ten seconds
/// is about a tenth uncertain.
///
/// @param gap from one statement's end to the next one's beginning, on average
/// @param execution of a statement, on average
/// @param gaps counted within the window
public record ClientGap(Duration gap, Duration execution, long gaps) {

  /// Fewer tell nothing.
  private static final long ENOUGH = 50;

  /// Commits are told up to a second late, statements at once.
  private static final Duration LATE = Duration.ofSeconds(1);

  /// Nothing to tell where statements ran outside transactions, or hardly any did.
  public static Evidence<ClientGap> of(HostEvidence host, PostgresServer server) {
    return switch (host.postgresActivity().change()) {
      case Evidence.Collected<Change<List<PostgresActivity>>>(Change<List<PostgresActivity>> all) ->
          on(all.before(), server)
              .flatMap(before ->
                  on(all.after(), server).map(after -> between(before, after, all.window())))
              .orElseGet(() -> new Evidence.Uncollected<>("it answered only once"));
      case Evidence.Absent<Change<List<PostgresActivity>>>() -> new Evidence.Absent<>();
      case Evidence.Uncollected<Change<List<PostgresActivity>>>(String reason) ->
          new Evidence.Uncollected<>(reason);
    };
  }

  private static Evidence<ClientGap> between(
      PostgresActivity before, PostgresActivity after, Duration window) {
    long transactions = growth(before, after, one -> one.commits() + one.rollbacks());
    Duration idle =
        sum(after, DatabaseCounters::idleInTransaction)
            .minus(sum(before, DatabaseCounters::idleInTransaction));
    Optional<Statements> first = before.statements();
    Optional<Statements> last = after.statements();
    if (first.isEmpty() || last.isEmpty()) {
      return new Evidence.Uncollected<>(
          "its statements are not counted: CREATE EXTENSION pg_stat_statements"
              + (idle.isPositive() && transactions > 0
                  ? " (its transactions wait %s for their clients each)"
                      .formatted(Millis.format(idle.dividedBy(transactions)))
                  : ""));
    }
    long calls = last.get().calls() - first.get().calls();
    Duration execution = last.get().execution().minus(first.get().execution());
    if (calls < 0 || transactions < 0 || idle.isNegative() || execution.isNegative()) {
      return new Evidence.Uncollected<>("its statistics were reset within the window");
    } else if (calls - transactions < Math.max(ENOUGH, calls * Millis.ratio(LATE, window))) {
      return new Evidence.Absent<>();
    } else if (idle.isZero()) {
      return new Evidence.Uncollected<>(
          "the time that transactions wait for their clients was not told within the window (PostgreSQL 14 and later count it, when a transaction ends)");
    }
    long gaps = calls - transactions;
    return new Evidence.Collected<>(
        new ClientGap(idle.dividedBy(gaps), execution.dividedBy(calls), gaps));
  }

  private static long growth(
      PostgresActivity before, PostgresActivity after, Function<DatabaseCounters, Long> count) {
    return after.databases().stream().mapToLong(count::apply).sum()
        - before.databases().stream().mapToLong(count::apply).sum();
  }

  private static Duration sum(
      PostgresActivity activity, Function<DatabaseCounters, Duration> time) {
    return activity.databases().stream().map(time).reduce(Duration.ZERO, Duration::plus);
  }

  private static Optional<PostgresActivity> on(
      List<PostgresActivity> servers, PostgresServer which) {
    return servers.stream().filter(server -> server.server().equals(which)).findFirst();
  }
}

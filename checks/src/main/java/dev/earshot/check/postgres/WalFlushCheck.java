package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.Wal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a flush of the write-ahead log takes, by PostgreSQL's own clock: the truest figure of what
/// a commit waits for, and the only one where the disk counts no flushes (a network's, or one of a
/// hypervisor).
///
/// Limits: an SSD flushes within a few milliseconds; what takes more than 5 ms is a turning disk,
/// storage over a network, or one that others keep busy. From 50 ms on, two commits are a tenth of
/// a second, as for [dev.earshot.check.machine.DiskLatencyCheck]. Of the window where it has 50
/// flushes or more, else since the statistics were reset.
public final class WalFlushCheck implements Check {

  private static final String ID = "postgres.wal-flush";

  private static final Limit.Time SLOW = new Limit.Time(ID, "slow", Duration.ofMillis(5));
  private static final Limit.Time VERY_SLOW =
      new Limit.Time(ID, "very_slow", Duration.ofMillis(50), SLOW);
  private static final long ENOUGH = 50;

  private static final String SQL =
      "select wal_sync, wal_sync_time / nullif(wal_sync, 0) as ms from pg_stat_wal";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.activity"),
          List.of(
              new Threshold(
                  "a flush takes more than %s on average: medium".formatted(SLOW.told()),
                  "slower than any SSD of the machine's own",
                  SLOW),
              new Threshold(
                  "more than %s: high".formatted(VERY_SLOW.told()),
                  "our own choice: two commits are a tenth of a second",
                  VERY_SLOW),
              new Threshold(
                  "fewer than %d flushes, or track_wal_io_timing off: not judged".formatted(ENOUGH),
                  "our own choice: a mean of few says little; machine.disk-latency judges the disk")),
          """
          # on the database's host; from PostgreSQL 18 on: select sum(fsyncs), sum(fsync_time) from pg_stat_io where object = 'wal'
          sudo -u postgres psql -X -c "SQL"
          # what the disk itself takes, as postgres
          pg_test_fsync -f /var/lib/postgresql/pg_test_fsync.out\
          """
              .replace("SQL", SQL),
          "Move the data, or pg_wal alone, to a local SSD with protection against loss of power; find what else keeps this disk busy.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "WAL gets to the disk within milliseconds",
        Severity.HIGH,
        """
        Every durable commit waits for a flush of WAL. Where that takes tens of milliseconds, each \
        request that writes does; where it takes less than one, a faster disk gains nothing.\
        """,
        CARD);
  }

  /// @param told when it was counted
  private record Flushes(long count, Duration time, String told) {

    Duration mean() {
      return time.dividedBy(count);
    }
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, WalFlushCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    if (server.activity().isEmpty()) {
      return server.unknown("its counters could not be read");
    } else if (server.activity().flatMap(PostgresActivity::wal).isEmpty()) {
      return server.notApplicable("PostgreSQL before 14 does not count its flushes");
    } else if (!server.settings().value("track_wal_io_timing").equals("on")) {
      return server.notApplicable(
          "track_wal_io_timing is off, so it does not time its flushes; machine.disk-latency judges the disk");
    }
    Optional<Flushes> counted =
        window(server)
            .or(() -> server.activity().flatMap(PostgresActivity::wal).map(WalFlushCheck::all))
            .filter(flushes -> flushes.count() >= ENOUGH);
    if (counted.isEmpty()) {
      return server.notApplicable(
          "it flushed WAL fewer than %d times since its statistics were reset".formatted(ENOUGH));
    }
    Duration mean = counted.get().mean();
    Duration limit = server.thresholds().of(SLOW);
    String told =
        "a flush of WAL takes %s on average (%d %s); limit %s"
            .formatted(
                Millis.format(mean),
                counted.get().count(),
                counted.get().told(),
                Millis.format(limit));
    Measurement measured =
        Measurement.limited("walFlushMs", Millis.of(mean), Millis.of(limit), "PostgreSQL");
    return mean.compareTo(limit) <= 0
        ? server.pass(told, measured)
        : server.fail(
            mean.compareTo(server.thresholds().of(VERY_SLOW)) > 0 ? Severity.HIGH : Severity.MEDIUM,
            told,
            server.byPeople(
                "See with pg_test_fsync what the disk can do, and with iostat what else uses it; move pg_wal to a local SSD.",
                SQL),
            measured);
  }

  private static Flushes all(Wal wal) {
    return new Flushes(wal.syncs(), wal.syncTime(), "since its statistics were reset");
  }

  private static Optional<Flushes> window(JudgedServer server) {
    return server
        .host()
        .postgresActivity()
        .change()
        .collected()
        .flatMap(change ->
            wal(change.before(), server)
                .flatMap(
                    before -> wal(change.after(), server).map(after -> between(before, after))))
        .filter(flushes -> flushes.count() >= ENOUGH && !flushes.time().isNegative());
  }

  private static Flushes between(Wal before, Wal after) {
    return new Flushes(
        after.syncs() - before.syncs(), after.syncTime().minus(before.syncTime()), "in the window");
  }

  private static Optional<Wal> wal(List<PostgresActivity> servers, JudgedServer server) {
    return servers.stream()
        .filter(one -> one.server().equals(server.settings().server()))
        .findFirst()
        .flatMap(PostgresActivity::wal);
  }
}

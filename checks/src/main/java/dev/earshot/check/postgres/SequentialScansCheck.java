package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresTables;
import dev.earshot.evidence.PostgresTables.Database;
import dev.earshot.evidence.PostgresTables.Scanned;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Large tables that are read from their beginning to their end. Rows are counted, not scans: those
/// that stop early, and those that several workers share, count for what they read.
///
/// Limits: a table of 100 MiB no longer fits beside others into a usual memory for each reader;
/// once an hour is more than backups and reports read, and less than any query of users.
public final class SequentialScansCheck implements Check {

  private static final double PER_DAY = 24;
  private static final Duration DAY = Duration.ofDays(1);

  private static final String SQL =
      "select schemaname, relname, n_live_tup, seq_scan, seq_tup_read, idx_scan from pg_stat_user_tables order by seq_tup_read desc limit 20";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.tables"),
          List.of(
              new Threshold(
                  "a table of 100 MiB or more is read as a whole more than %.0f times a day: medium"
                      .formatted(PER_DAY),
                  "more than backups and reports read"),
              new Threshold(
                  "statistics of less than a day: not judged", "one import would decide")),
          "psql -d DATABASE -c \"" + SQL + "\"",
          "Find the statements in pg_stat_statements (many shared_blks_read a call), EXPLAIN them, and build the index that they lack.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.sequential-scans",
        "Large tables are read through indexes",
        Severity.MEDIUM,
        """
        A query that goes through a whole large table takes seconds, and drives out of memory what \
        all others need; mostly it lacks an index.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachTables(info(), fleet, SequentialScansCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresTables tables) {
    Found.Look<Scanned> look =
        Found.in(
            tables,
            DAY,
            Database::scanned,
            table -> (double) table.read() / Math.max(1, table.rows()));
    List<Found<Scanned>> bad =
        look.all().stream().filter(found -> perDay(found) > PER_DAY).toList();
    Measurement measured =
        Measurement.limited(
            "wholeReadsPerDay",
            look.all().stream().mapToDouble(SequentialScansCheck::perDay).max().orElse(0),
            PER_DAY,
            "pg_stat_user_tables");
    if (bad.isEmpty()) {
      return look.well(
          server,
          "no table of 100 MiB or more is read as a whole more than %.0f times a day"
              .formatted(PER_DAY),
          measured);
    }
    return server.fail(
        Severity.MEDIUM,
        "read as a whole: %s; limit %.0f times a day"
            .formatted(
                JudgedServer.some(bad.stream().map(SequentialScansCheck::told).toList()), PER_DAY),
        server.byPeople(
            "Find the statements that read these tables in pg_stat_statements, EXPLAIN them, and build the index that they lack.",
            SQL),
        measured);
  }

  private static double perDay(Found<Scanned> found) {
    double days =
        found.database().counting().map(Duration::toSeconds).orElse(1L) / (double) DAY.toSeconds();
    return found.thing().read() / (double) Math.max(1, found.thing().rows()) / Math.max(1, days);
  }

  private static String told(Found<Scanned> found) {
    Scanned table = found.thing();
    return String.format(
        Locale.ROOT,
        "%s (%s) %.0f times a day",
        found.named(table.table()),
        table.size(),
        perDay(found));
  }
}

package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.PostgresTables;
import dev.earshot.evidence.PostgresTables.Database;
import dev.earshot.evidence.PostgresTables.Unused;
import java.time.Duration;
import java.util.List;

/// Indexes that no query has used. Every insert and most updates write them, and vacuum goes
/// through them. Those that keep rows unique, replicate, or begin with a foreign key's column do
/// their work unseen, and are left out.
///
/// Limit: 10 MiB, below which an index costs little; a week, in which weekly work has come by.
public final class UnusedIndexesCheck implements Check {

  private static final Duration WEEK = Duration.ofDays(7);

  private static final String SQL =
      "select schemaname, relname, indexrelname, pg_size_pretty(pg_relation_size(indexrelid)) as size from pg_stat_user_indexes join pg_index using (indexrelid) where idx_scan = 0 and not indisunique order by pg_relation_size(indexrelid) desc";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.tables"),
          List.of(
              new Threshold("any of 10 MiB or more: low", "smaller ones cost little"),
              new Threshold(
                  "statistics of less than %d days: not judged".formatted(WEEK.toDays()),
                  "weekly work has not come by")),
          "psql -d DATABASE -c \"" + SQL + "\"",
          "See whether a standby uses it, which counts for itself, or work that comes by once a month; then DROP INDEX CONCURRENTLY.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.unused-indexes",
        "Every index serves queries",
        Severity.LOW,
        """
        An index that no query uses costs every write its time, and memory and backups its size.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachTables(info(), fleet, UnusedIndexesCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresTables tables) {
    Found.Look<Unused> look =
        Found.in(tables, WEEK, Database::unused, index -> index.size().value());
    long size = look.all().stream().mapToLong(found -> found.thing().size().value()).sum();
    Measurement measured = Measurement.limited("unusedIndexBytes", size, 0, "pg_stat_user_indexes");
    if (look.all().isEmpty()) {
      return look.well(
          server, "every index of 10 MiB or more was used or keeps something right", measured);
    }
    return server.fail(
        Severity.LOW,
        "no query has used %s (%s) since the statistics count; limit 0 of 10 MiB or more"
            .formatted(
                JudgedServer.some(look.all().stream().map(UnusedIndexesCheck::told).toList()),
                new Bytes(size)),
        server.byStatements(
            "See first whether a standby uses them, which counts for itself, or work that comes by once a month; what nobody needs can go while others work.",
            "Every index serves queries",
            SQL,
            look.all().stream().limit(Found.MENDED).map(UnusedIndexesCheck::statement).toList()),
        measured);
  }

  private static String told(Found<Unused> found) {
    Unused index = found.thing();
    return "%s on %s (%s, for %s)"
        .formatted(
            found.named(index.index()),
            index.table(),
            index.size(),
            found.database().counting().map(Spans::told).orElse("a while"));
  }

  private static Statement statement(Found<Unused> found) {
    return Statement.dropIndex(
        "Drop an index that no query uses",
        found.database().name(),
        Found.sql(found.thing().index()));
  }
}

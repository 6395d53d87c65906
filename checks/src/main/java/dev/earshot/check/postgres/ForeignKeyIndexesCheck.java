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
import dev.earshot.evidence.PostgresTables.ForeignKey;
import java.util.List;

/// Foreign keys whose columns no index begins with. PostgreSQL makes none by itself: deleting one
/// row of the table that is pointed to then reads the whole table that points ("Foreign Keys" in
/// its manual).
///
/// Limits: 10 MiB, which is read in milliseconds; from 100 MiB on it is felt. Where nothing was
/// deleted, nothing was read.
public final class ForeignKeyIndexesCheck implements Check {

  private static final Bytes LARGE = new Bytes(100L << 20);

  private static final String SQL =
      "select conrelid::regclass, conname, pg_get_constraintdef(oid) from pg_constraint f where contype = 'f' and "
          + ForeignKey.UNINDEXED;

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.tables"),
          List.of(
              new Threshold(
                  "a table of 10 MiB or more, and rows that it points to are deleted: low",
                  "PostgreSQL's manual, Foreign Keys: an index on the referencing columns is often a good idea"),
              new Threshold(
                  "the same with %s or more: medium".formatted(LARGE),
                  "each deletion reads that much")),
          "psql -d DATABASE -c \"" + SQL + "\"",
          "CREATE INDEX CONCURRENTLY on the columns of the foreign key.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.foreign-key-indexes",
        "Foreign keys of large tables have an index",
        Severity.MEDIUM,
        """
        Whoever deletes a row that others may point to has the server look for those: without an \
        index it reads their whole table, for every row that is deleted.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachTables(info(), fleet, ForeignKeyIndexesCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresTables tables) {
    Found.Look<ForeignKey> look = Found.in(tables, Database::unindexed, key -> key.size().value());
    List<Found<ForeignKey>> bad =
        look.all().stream().filter(found -> found.thing().deleted() > 0).toList();
    Measurement measured =
        Measurement.limited("unindexedForeignKeys", bad.size(), 0, "pg_constraint");
    if (bad.isEmpty()) {
      return look.well(
          server,
          "no foreign key of a table of 10 MiB or more lacks an index where rows are deleted"
              + (look.all().isEmpty()
                  ? ""
                  : " (%d point to tables of which none was)".formatted(look.all().size())),
          measured);
    }
    return server.fail(
        bad.stream().anyMatch(found -> found.thing().size().compareTo(LARGE) >= 0)
            ? Severity.MEDIUM
            : Severity.LOW,
        "foreign keys without an index: %s; limit 0"
            .formatted(JudgedServer.some(bad.stream().map(ForeignKeyIndexesCheck::told).toList())),
        server.byStatements(
            "Build the indexes while others work; it takes disk and time by the size of the tables.",
            "Foreign keys of large tables have an index",
            SQL,
            bad.stream().limit(Found.MENDED).map(ForeignKeyIndexesCheck::statement).toList()),
        measured);
  }

  private static String told(Found<ForeignKey> found) {
    ForeignKey key = found.thing();
    return "%s of %s (%s), while %d rows of %s were deleted"
        .formatted(
            key.constraint(),
            found.named(key.table()),
            key.size(),
            key.deleted(),
            key.referenced());
  }

  private static Statement statement(Found<ForeignKey> found) {
    return Statement.createIndex(
        "Build an index for a foreign key",
        found.database().name(),
        Found.sql(found.thing().table()),
        found.thing().columns());
  }
}

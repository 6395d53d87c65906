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
import dev.earshot.evidence.PostgresTables.Redundant;
import java.util.List;

/// Indexes for which another one of the same table stands in: it has the same columns, or begins
/// with them, in the same order, for the same rows.
///
/// Limit: 10 MiB, below which an index costs little.
public final class RedundantIndexesCheck implements Check {

  private static final String SQL =
      "select indrelid::regclass, array_agg(indexrelid::regclass) from pg_index group by indrelid, indkey, indclass, indcollation, indoption, indpred::text, indexprs::text having count(*) > 1";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.tables"),
          List.of(new Threshold("any of 10 MiB or more: low", "smaller ones cost little")),
          """
          # on the database's host: those with the very same columns
          psql -d DATABASE -c "SQL"\
          """
              .replace("SQL", SQL),
          "DROP INDEX CONCURRENTLY the one that is covered; where the shorter one is much smaller and much used, it may stay.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.redundant-indexes",
        "No index is covered by another one",
        Severity.LOW,
        """
        Of two indexes that begin with the same columns, the longer one serves the queries of both, \
        and every write keeps up both.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachTables(info(), fleet, RedundantIndexesCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresTables tables) {
    Found.Look<Redundant> look =
        Found.in(tables, Database::redundant, index -> index.size().value());
    long size = look.all().stream().mapToLong(found -> found.thing().size().value()).sum();
    Measurement measured = Measurement.limited("redundantIndexBytes", size, 0, "pg_index");
    if (look.all().isEmpty()) {
      return look.well(server, "no index of 10 MiB or more is covered by another one", measured);
    }
    return server.fail(
        Severity.LOW,
        "%s (%s); limit 0 of 10 MiB or more"
            .formatted(
                JudgedServer.some(look.all().stream().map(RedundantIndexesCheck::told).toList()),
                new Bytes(size)),
        server.byStatements(
            "Drop the covered ones while others work; one that is much smaller than what covers it and much used may stay.",
            "No index is covered by another one",
            SQL,
            look.all().stream().limit(Found.MENDED).map(RedundantIndexesCheck::statement).toList()),
        measured);
  }

  private static String told(Found<Redundant> found) {
    Redundant index = found.thing();
    return "%s (%s) is covered by %s"
        .formatted(found.named(index.index()), index.size(), index.covering());
  }

  private static Statement statement(Found<Redundant> found) {
    return Statement.dropIndex(
        "Drop an index that another one covers",
        found.database().name(),
        Found.sql(found.thing().index()));
  }
}

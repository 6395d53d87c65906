package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresTables;
import dev.earshot.evidence.PostgresTables.Bloat;
import dev.earshot.evidence.PostgresTables.Database;
import java.util.List;

/// Empty room in tables and indexes. Vacuum keeps it for rows to come; what is never filled again
/// is read into memory and copied into backups with the rest.
///
/// Limits: half is more than the estimate can err by and more than updates need; 100 MiB of it are
/// worth a look, and 1 GiB is what check_postgres and Percona's advisor warn at.
public final class BloatCheck implements Check {

  private static final Percent HALF = new Percent(50);
  private static final Bytes MUCH = new Bytes(100L << 20);
  private static final Bytes VERY_MUCH = new Bytes(1L << 30);

  private static final String SQL =
      "select relname, pg_size_pretty(pg_relation_size(oid)) as size, reltuples from pg_class where relkind in ('r', 'i') order by relpages desc limit 20";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.tables"),
          List.of(
              new Threshold(
                  "%s empty, and %s of it: low".formatted(HALF, MUCH),
                  "more than alignment and updates explain"),
              new Threshold(
                  "%s empty, and %s of it: medium".formatted(HALF, VERY_MUCH),
                  "where check_postgres and Percona's advisor warn")),
          """
          # on the database's host, exactly but slowly, for a table and for an index
          psql -d DATABASE -c "create extension pgstattuple" -c "select * from pgstattuple_approx('TABLE')" -c "select * from pgstatindex('INDEX')"\
          """,
          "REINDEX INDEX CONCURRENTLY for indexes; for tables pg_repack, or VACUUM (FULL) in a maintenance window. Then see why vacuum did not keep up: long transactions, or too few or too slow workers.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.bloat",
        "Tables and indexes take little more room than their rows",
        Severity.MEDIUM,
        """
        Empty room fills memory and backups, and every scan goes through it. Earshot estimates it \
        from statistics (with --deep), and reads no table for it.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachTables(info(), fleet, BloatCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresTables tables) {
    Found.Look<Bloat> look = Found.in(tables, Database::bloat, bloat -> bloat.wasted().value());
    List<Found<Bloat>> bad = look.all().stream().filter(found -> isBad(found.thing())).toList();
    long wasted = bad.stream().mapToLong(found -> found.thing().wasted().value()).sum();
    Measurement measured =
        Measurement.limited("wastedBytes", wasted, MUCH.value(), "pg_class, pg_stats");
    if (!bad.isEmpty()) {
      return server.fail(
          bad.stream().anyMatch(found -> found.thing().wasted().compareTo(VERY_MUCH) >= 0)
              ? Severity.MEDIUM
              : Severity.LOW,
          "%s seem to be empty in %s; limit %s of a table or index, and %s"
              .formatted(
                  new Bytes(wasted),
                  JudgedServer.some(bad.stream().map(BloatCheck::told).toList()),
                  HALF,
                  MUCH),
          remedy(server, bad),
          measured);
    }
    int unestimated = tables.asked().stream().mapToInt(Database::unestimated).sum();
    return unestimated > 0
        ? server.unknown(
            "how full %d large tables are can't be estimated: ANALYZE them, and GRANT pg_read_all_data to the role that looks"
                .formatted(unestimated))
        : look.well(
            server,
            "no table or index is half empty with %s or more to gain".formatted(MUCH),
            measured);
  }

  private static boolean isBad(Bloat bloat) {
    return bloat.wasted().compareTo(MUCH) >= 0 && share(bloat).compareTo(HALF) >= 0;
  }

  private static Percent share(Bloat bloat) {
    return Percent.ofRatio((double) bloat.wasted().value() / Math.max(1, bloat.size().value()));
  }

  private static String told(Found<Bloat> found) {
    Bloat bloat = found.thing();
    return "%s %s (%s of %s)"
        .formatted(
            bloat.index() ? "index" : "table",
            found.named(bloat.relation()),
            share(bloat),
            bloat.size());
  }

  private static Remedy remedy(JudgedServer server, List<Found<Bloat>> bad) {
    return server.byStatements(
        "Build indexes anew, which blocks nobody; rewrite tables with pg_repack, or with VACUUM (FULL) when nobody needs them for some minutes. It takes as much free disk as they have rows.",
        "Tables and indexes take little more room than their rows",
        SQL,
        bad.stream().limit(Found.MENDED).map(BloatCheck::statement).toList());
  }

  /// It has nothing to do any more where half of what could be gained is gained: estimates are not
  /// exact, and rows come.
  private static Statement statement(Found<Bloat> found) {
    Bloat bloat = found.thing();
    return Statement.rewrite(
        bloat.index() ? "Build an index anew" : "Rewrite a table, which locks it",
        found.database().name(),
        bloat.index() ? "REINDEX INDEX CONCURRENTLY" : "VACUUM (FULL, ANALYZE)",
        Found.sql(bloat.relation()),
        new Bytes(bloat.size().value() - bloat.wasted().value() / 2),
        !bloat.index());
  }
}

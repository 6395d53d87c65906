package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresTables;
import dev.earshot.evidence.PostgresTables.Database;
import dev.earshot.evidence.PostgresTables.Relation;
import dev.earshot.evidence.PostgresTables.Stale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Tables that vacuum or analyze should have visited. Dead rows are skipped by every scan until
/// vacuum takes them away; without `ANALYZE`, the planner guesses.
///
/// Limits: autovacuum begins when 20 % of a table's rows are dead
/// (`autovacuum_vacuum_scale_factor`), so that twice as many say that it does not come through;
/// 10,000 rows, below which nobody feels it.
public final class TableMaintenanceCheck implements Check {

  private static final Percent DEAD = new Percent(40);
  private static final long ROWS = 10_000;
  private static final Duration DAY = Duration.ofDays(1);

  private static final String SQL =
      "select schemaname, relname, n_live_tup, n_dead_tup, n_mod_since_analyze, last_autovacuum, last_autoanalyze from pg_stat_user_tables order by n_dead_tup desc limit 20";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.tables"),
          List.of(
              new Threshold(
                  "%d rows or more, and more than %s of the live ones, are dead: medium"
                      .formatted(ROWS, DEAD),
                  "twice autovacuum_vacuum_scale_factor's default, at which autovacuum begins"),
              new Threshold(
                  "never analyzed, with %d rows or more changed, in statistics of a day or more: low"
                      .formatted(ROWS),
                  "autovacuum_analyze_scale_factor is a tenth by default")),
          "psql -d DATABASE -c \"" + SQL + "\"",
          "VACUUM (ANALYZE) them now; then look for what holds dead rows (long transactions, slots), and give autovacuum more workers or a higher autovacuum_vacuum_cost_limit.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.table-maintenance",
        "Tables are vacuumed and analyzed in time",
        Severity.MEDIUM,
        """
        Where autovacuum does not come through, tables grow with rows that nobody sees, and the \
        planner chooses by what a table once was.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachTables(info(), fleet, TableMaintenanceCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresTables tables) {
    Found.Look<Stale> look = Found.in(tables, Database::stale, table -> table.dead());
    List<Found<Stale>> dying = look.all().stream().filter(TableMaintenanceCheck::isDying).toList();
    List<Found<Stale>> unknown =
        look.all().stream().filter(TableMaintenanceCheck::isNeverAnalyzed).toList();
    Measurement measured =
        Measurement.limited(
            "tablesLate",
            look.all().stream().filter(TableMaintenanceCheck::isLate).count(),
            0,
            "pg_stat_user_tables");
    if (dying.isEmpty() && unknown.isEmpty()) {
      return look.well(server, "no table is late to be vacuumed or analyzed", measured);
    }
    List<String> told = new ArrayList<>();
    if (!dying.isEmpty()) {
      told.add(
          "dead rows in %s; limit %s of the live ones"
              .formatted(
                  JudgedServer.some(dying.stream().map(TableMaintenanceCheck::told).toList()),
                  DEAD));
    }
    if (!unknown.isEmpty()) {
      told.add(
          "never analyzed: %s; limit %d rows changed"
              .formatted(
                  JudgedServer.some(
                      unknown.stream()
                          .map(found ->
                              "%s (%d rows changed)"
                                  .formatted(
                                      found.named(found.thing().table()), found.thing().modified()))
                          .toList()),
                  ROWS));
    }
    return server.fail(
        dying.isEmpty() ? Severity.LOW : Severity.MEDIUM,
        String.join("; ", told),
        server.byStatements(
            "Vacuum and analyze them now; then find what keeps autovacuum from them: transactions and slots that hold old rows, too few workers, or a cost limit that is too low.",
            "Tables are vacuumed and analyzed in time",
            SQL,
            look.all().stream()
                .filter(TableMaintenanceCheck::isLate)
                .limit(Found.MENDED)
                .map(found -> statement(found.database().name(), found.thing().table()))
                .toList()),
        measured);
  }

  private static boolean isLate(Found<Stale> found) {
    return isDying(found) || isNeverAnalyzed(found);
  }

  private static boolean isDying(Found<Stale> found) {
    return found.thing().dead() >= ROWS
        && found.thing().dead() > found.thing().live() * DEAD.ratio();
  }

  private static boolean isNeverAnalyzed(Found<Stale> found) {
    return !found.thing().analyzed()
        && found.thing().modified() >= ROWS
        && found.database().counting().filter(time -> time.compareTo(DAY) >= 0).isPresent();
  }

  private static String told(Found<Stale> found) {
    Stale table = found.thing();
    return "%s (%d dead, %d live%s)"
        .formatted(
            found.named(table.table()),
            table.dead(),
            table.live(),
            table.vacuumed() ? "" : ", never vacuumed");
  }

  /// As long as the table is late.
  static Statement statement(String database, Relation relation) {
    String table = Found.sql(relation);
    return new Statement(
        "Vacuum and analyze a table",
        database,
        "VACUUM (ANALYZE) " + table,
        "SELECT 1 FROM pg_stat_user_tables WHERE relid = to_regclass(%1$s) AND (n_dead_tup >= %2$d AND n_dead_tup > n_live_tup * %3$s OR n_mod_since_analyze >= %2$d AND coalesce(last_analyze, last_autoanalyze) IS NULL)"
            .formatted(Quoted.literal(table), ROWS, DEAD.ratio()),
        false);
  }
}

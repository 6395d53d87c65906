package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Unvacuumed;
import java.util.List;

/// `autovacuum_enabled = off` of a table is set for a large import and forgotten. The table is then
/// visited against wraparound alone: it grows with dead rows, and its statistics get old.
public final class TableAutovacuumCheck implements Check {

  private static final String SQL =
      "select oid::regclass, reloptions from pg_class where array_to_string(reloptions, ',') like '%autovacuum_enabled%'";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "any table: medium",
                  "PostgreSQL's manual on autovacuum_enabled: dead rows stay, and nothing is analyzed")),
          "psql -d DATABASE -c \"" + SQL + "\"",
          "ALTER TABLE … RESET (autovacuum_enabled), and VACUUM (ANALYZE) the table once.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.table-autovacuum",
        "Autovacuum visits every table",
        Severity.MEDIUM,
        """
        A table that was left out for an import, and stayed so, grows with every update, and the \
        planner goes by what was in it then.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, TableAutovacuumCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.unvacuumed().isEmpty() && health.indexes().isEmpty()) {
      return server.unknown("no database told of its tables");
    } else if (health.unvacuumed().isEmpty()) {
      return server.untold(
          health, "unvacuumed", "which tables autovacuum leaves alone", JudgedServer.IN_TIME);
    }
    List<Unvacuumed> all = health.unvacuumed().get();
    List<Unvacuumed> some = all.stream().filter(one -> one.tables() > 0).toList();
    Measurement measured =
        Measurement.limited(
            "tablesWithoutAutovacuum",
            some.stream().mapToLong(Unvacuumed::tables).sum(),
            0,
            "pg_class");
    return some.isEmpty()
        ? server.pass(
            "autovacuum visits every table of its %d busiest databases".formatted(all.size()),
            measured)
        : server.fail(
            Severity.MEDIUM,
            "autovacuum leaves tables alone: %s; limit none"
                .formatted(
                    JudgedServer.some(
                        some.stream()
                            .map(one ->
                                "%d in %s (%s%s)"
                                    .formatted(
                                        one.tables(),
                                        one.database(),
                                        one.example(),
                                        one.tables() > 1 ? ", …" : ""))
                            .toList())),
            server.byPeople(
                "ALTER TABLE … RESET (autovacuum_enabled), and VACUUM (ANALYZE) each of them once.",
                SQL),
            measured);
  }
}

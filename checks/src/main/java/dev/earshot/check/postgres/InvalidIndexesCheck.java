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
import dev.earshot.evidence.PostgresHealth.Indexes;
import java.util.List;

/// `CREATE INDEX CONCURRENTLY` that fails leaves its index behind, invalid: every write keeps it
/// up, and no query may use it.
public final class InvalidIndexesCheck implements Check {

  private static final String SQL =
      "select indexrelid::regclass, indrelid::regclass from pg_index where not indisvalid";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "any that is not being built: medium",
                  "PostgreSQL's manual, CREATE INDEX, Building Indexes Concurrently")),
          "psql -d DATABASE -c \"" + SQL + "\"",
          "DROP INDEX CONCURRENTLY, or REINDEX INDEX CONCURRENTLY once the cause is gone.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.invalid-indexes",
        "Every index can be used",
        Severity.MEDIUM,
        """
        An invalid index costs every write its time and serves no query; a migration that believes \
        it built one goes on without it.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, InvalidIndexesCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.indexes().isEmpty()) {
      return server.unknown("no database told its indexes");
    }
    List<Indexes> invalid =
        health.indexes().get().stream().filter(one -> one.invalid() > 0).toList();
    long all = invalid.stream().mapToLong(Indexes::invalid).sum();
    Measurement measured = Measurement.limited("invalidIndexes", all, 0, "pg_index");
    if (invalid.isEmpty()) {
      return server.pass(
          "no invalid index in its busiest databases (%d asked); limit 0"
              .formatted(health.indexes().get().size()),
          measured);
    }
    List<String> told =
        invalid.stream()
            .map(one -> "%d in %s (%s)".formatted(one.invalid(), one.database(), one.example()))
            .toList();
    return server.fail(
        Severity.MEDIUM,
        "invalid indexes: %s; limit 0".formatted(JudgedServer.some(told)),
        server.byPeople(
            "Drop them, or build them anew with REINDEX INDEX CONCURRENTLY, and see why building failed: a unique one most often finds duplicates.",
            SQL),
        measured);
  }
}

package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Collation;
import java.util.List;

/// The order of text is the C library's or ICU's. When the system is upgraded, or a database moves
/// to an image with another one, the order may change under indexes that were built by the old one:
/// searches miss rows then, and unique indexes let duplicates in.
public final class CollationsCheck implements Check {

  /// The first version that remembers.
  private static final int REMEMBERS = 150_000;

  private static final String SQL =
      "select datname, datcollversion, pg_database_collation_actual_version(oid) from pg_database";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "another version than the database was made with: high",
                  "PostgreSQL's manual, ALTER COLLATION: indexes may be corrupt")),
          "psql -c \"" + SQL + "\"",
          "REINDEX DATABASE CONCURRENTLY, then ALTER DATABASE … REFRESH COLLATION VERSION.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.collations",
        "Text is sorted as it was when indexes were built",
        Severity.HIGH,
        """
        Indexes on text that were built in another order no longer find all rows, and unique ones \
        let duplicates in; it shows months later, as strange data.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, CollationsCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (server.settings().version() < REMEMBERS) {
      return server.notApplicable(
          "PostgreSQL before 15 does not remember which collation a database was made with");
    } else if (health.collations().isEmpty()) {
      return server.unknown("the versions of its collations could not be read");
    }
    List<Collation> changed =
        health.collations().get().stream()
            .filter(one -> !one.recorded().isEmpty() && !one.actual().isEmpty())
            .filter(one -> !one.recorded().equals(one.actual()))
            .toList();
    if (changed.isEmpty()) {
      return server.pass("no database was made with another version of its collation");
    }
    List<String> told =
        changed.stream()
            .map(one ->
                "%s was made with %s, the system has %s"
                    .formatted(one.database(), one.recorded(), one.actual()))
            .toList();
    return server.fail(
        Severity.HIGH,
        "collations changed: %s; limit the same version".formatted(JudgedServer.some(told)),
        server.byPeople(
            "Build the indexes on text anew (REINDEX DATABASE CONCURRENTLY), then ALTER DATABASE … REFRESH COLLATION VERSION, which by itself only silences the warning.",
            SQL));
  }
}

package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresHealth;
import java.util.List;

/// A tablespace is a directory of its own, to which the data directory has a link. Where it lies
/// inside, base backups take it twice or fail, and whoever moves the data directory breaks the
/// link.
public final class TablespacesCheck implements Check {

  private static final String SQL =
      "select spcname, pg_tablespace_location(oid) from pg_tablespace where starts_with(pg_tablespace_location(oid), current_setting('data_directory') || '/')";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "any: medium",
                  "PostgreSQL itself warns when one is made: it should not be inside the data directory; by paths as they are written, links are not followed")),
          "psql -c \"" + SQL + "\"",
          "Make a tablespace elsewhere, move the tables there (ALTER TABLE ALL IN TABLESPACE … SET TABLESPACE …, which locks them meanwhile), and drop the one inside.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.tablespaces",
        "No tablespace lies inside the data directory",
        Severity.MEDIUM,
        """
        Base backups copy what lies inside twice, or fail, and a data directory that is moved or \
        restored elsewhere still points to the old place.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, TablespacesCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.inside().isEmpty()) {
      return server.untold(
          health, "tablespaces", "where its tablespaces lie", JudgedServer.TO_MONITORS);
    }
    List<String> inside = health.inside().get();
    return inside.isEmpty()
        ? server.pass("no tablespace lies inside its data directory")
        : server.fail(
            Severity.MEDIUM,
            "tablespaces inside its data directory: %s; limit none"
                .formatted(JudgedServer.some(inside)),
            server.byPeople(
                "Make a tablespace elsewhere, move the tables there at a quiet time, and drop the one inside.",
                SQL));
  }
}

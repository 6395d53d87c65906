package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Counters;
import java.util.List;

/// Two transactions that wait for each other: the server ends one of them, after
/// `deadlock_timeout`.
///
/// Limits: one a day is bad luck, one an hour is a pattern. Counters are rated by the day, over the
/// time since they were reset.
public final class DeadlocksCheck implements Check {

  private static final double BAD_LUCK = 1;
  private static final double PATTERN = 24;

  private static final String SQL =
      "select datname, deadlocks, stats_reset from pg_stat_database order by deadlocks desc";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold("more than 1 a day in a database: low", "one may be bad luck"),
              new Threshold("more than 24 a day: medium", "one an hour is a pattern")),
          "psql -c \"" + SQL + "\"",
          "The server's log has both statements of each deadlock; let both take their locks in the same order.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.deadlocks",
        "Transactions do not end in deadlocks",
        Severity.MEDIUM,
        """
        Each deadlock makes two requests wait for a second and one of them fail; how many there are \
        grows with the time that transactions stay open.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, DeadlocksCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    return PerDay.judge(
        server,
        PerDay.most(health, Counters::deadlocks),
        "deadlocks a day",
        "",
        "deadlocksPerDay",
        BAD_LUCK,
        PATTERN,
        server.byPeople(
            "Look for 'deadlock detected' in the server's log, and let the statements named there take their locks in the same order.",
            SQL));
  }
}

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
import java.util.Optional;

/// A standby that has to repeat what its primary did ends the queries that stand in the way, after
/// `max_standby_streaming_delay`.
///
/// Limits: one a day is a report that took too long; one an hour is how the standby is used.
public final class StandbyConflictsCheck implements Check {

  private static final double ONCE = 1;
  private static final double PATTERN = 24;

  private static final String SQL =
      "select datname, confl_tablespace, confl_lock, confl_snapshot, confl_bufferpin, confl_deadlock from pg_stat_database_conflicts";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "more than 1 query a day is ended in a database: low",
                  "one may be a long report"),
              new Threshold("more than 24 a day: medium", "one an hour is a pattern")),
          "psql -c \"" + SQL + "\"   # on the standby",
          "Give queries more time by max_standby_streaming_delay, at the price of lag, or turn hot_standby_feedback on, at the price of dead rows on the primary.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.standby-conflicts",
        "Queries on standbys come to their end",
        Severity.MEDIUM,
        """
        A standby that has to go on ends the queries that stand in its way: whoever reads there gets \
        errors at random, more of them the longer queries take.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, StandbyConflictsCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (!Servers.isStandby(server.host(), server.settings())) {
      return server.notApplicable("it is no standby");
    }
    return PerDay.judge(
        server,
        PerDay.most(health, Counters::conflicts),
        "queries a day are ended",
        " (hot_standby_feedback is %s)"
            .formatted(
                Optional.of(server.settings().value("hot_standby_feedback"))
                    .filter(value -> !value.isEmpty())
                    .orElse("not known")),
        "conflictsPerDay",
        ONCE,
        PATTERN,
        server.byPeople(
            "Decide what may wait: the standby (max_standby_streaming_delay), or vacuum on the primary (hot_standby_feedback).",
            SQL));
  }
}

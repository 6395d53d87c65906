package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Autovacuum has a fixed number of workers. While all are at work on large tables, no other table
/// of any database is vacuumed or analyzed.
///
/// One look tells it: where the youngest of all workers is old, none was free since that began.
///
/// Limit: autovacuum looks for work every minute as it comes (`autovacuum_naptime`); after ten
/// times that, small tables that change fast have waited long enough for their statistics to be
/// wrong.
public final class AutovacuumWorkersCheck implements Check {

  private static final String ID = "postgres.autovacuum-workers";

  private static final Limit.Time LONG = new Limit.Time(ID, "long", Duration.ofMinutes(10));

  private static final String SQL =
      "select backend_start, datname, query from pg_stat_activity where backend_type = 'autovacuum worker' order by 1";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "all of autovacuum_max_workers are at work for more than %s: medium"
                      .formatted(LONG.told()),
                  "PostgreSQL's manual, The Autovacuum Daemon: other tables wait until a worker becomes available; ten times autovacuum_naptime",
                  LONG)),
          "psql -c \"" + SQL + "\"   # and: show autovacuum_max_workers",
          "Let them work faster (a higher autovacuum_vacuum_cost_limit, which all of them share) before there are more of them: autovacuum_max_workers needs a restart, before PostgreSQL 18.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "A worker of autovacuum is free for the next table",
        Severity.MEDIUM,
        """
        While all workers are on large tables, small ones that change fast bloat, and their plans \
        rest on old statistics, though autovacuum is on.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, AutovacuumWorkersCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    Optional<Integer> most = server.settings().count("autovacuum_max_workers");
    if (health.inRecovery()) {
      return server.notApplicable("it is a standby, where nothing is vacuumed");
    } else if (health.workers().isEmpty()) {
      return server.untold(
          health, "workers", "how many workers are at work", JudgedServer.TO_MONITORS);
    } else if (most.isEmpty()) {
      return server.unknown("autovacuum_max_workers could not be read");
    }
    Workers workers = health.workers().get();
    Duration limit = server.thresholds().of(LONG);
    Duration busy =
        workers.youngest().filter(_ -> workers.busy() >= most.get()).orElse(Duration.ZERO);
    String told =
        "%d of %d workers of autovacuum are at work%s; limit all for %s"
            .formatted(
                workers.busy(),
                most.get(),
                busy.isZero() ? "" : ", the last one to begin for " + Spans.told(busy),
                Spans.told(limit));
    Measurement measured =
        Measurement.limited(
            "autovacuumWorkersBusy", workers.busy(), most.get(), "pg_stat_activity");
    return busy.compareTo(limit) <= 0
        ? server.pass(told, measured)
        : server.fail(
            Severity.MEDIUM,
            told,
            ServerSetting.alterSystem(
                server.host(),
                server.settings(),
                "Double what they may do before they pause (autovacuum_vacuum_cost_limit; -1 is 200), if the disk is not busy; a running worker takes it up within its next table. See which tables they are at, and whether something holds vacuum back.",
                "autovacuum_vacuum_cost_limit",
                String.valueOf(2 * costLimit(server))),
            measured);
  }

  /// -1 takes that of `vacuum_cost_limit`.
  private static int costLimit(JudgedServer server) {
    return server
        .settings()
        .count("autovacuum_vacuum_cost_limit")
        .filter(own -> own > 0)
        .or(() -> server.settings().count("vacuum_cost_limit"))
        .orElse(200);
  }
}

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
import dev.earshot.evidence.PostgresHealth.Horizon;
import java.util.List;

/// Vacuum keeps every row that the oldest view of the data might still see. A session's view is
/// known by its time (`postgres.long-transactions`); a standby with `hot_standby_feedback` and a
/// slot hold back just as well, and show in no list of transactions. One vacuum does not hold back
/// another.
///
/// Limits, in transactions: ten million are a day of a hundred a second; two hundred million are
/// `autovacuum_freeze_max_age`, from where on vacuum runs against wraparound, and can't help.
public final class VacuumHorizonCheck implements Check {

  private static final long MILLION = 1_000_000;
  private static final long MANY = 10 * MILLION;
  private static final long TOO_MANY = 200 * MILLION;

  private static final String SQL =
      "select 'session' as kind, coalesce(usename, backend_type) as name, age(backend_xmin) from pg_stat_activity where pid not in (select pid from pg_stat_progress_vacuum) union all select 'standby', application_name, age(backend_xmin) from pg_stat_replication union all select 'slot', slot_name, greatest(age(xmin), age(catalog_xmin)) from pg_replication_slots union all select 'prepared', owner, age(transaction) from pg_prepared_xacts order by 3 desc nulls last limit 20";

  /// It has no role: a worker that analyses tables, or one of an extension.
  private static final String PROCESS = "a process of the server's own";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "a view older than %s transactions: medium".formatted(told(MANY)),
                  "our own choice: a day of a hundred transactions a second"),
              new Threshold(
                  "older than %s: high".formatted(told(TOO_MANY)),
                  "autovacuum_freeze_max_age as it comes: vacuum against wraparound can't freeze")),
          "psql -c \"" + SQL + "\"",
          "End the session, drop the slot that nobody follows, end the prepared transaction; on a standby, end its long queries, or turn hot_standby_feedback off there.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.vacuum-horizon",
        "Nobody holds vacuum back",
        Severity.HIGH,
        """
        Dead rows stay in every table as long as one session, standby or slot might still want to \
        see them. Queries read past more of them day by day, and no vacuum takes them away.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, VacuumHorizonCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.inRecovery()) {
      return server.notApplicable("its primary vacuums for it");
    } else if (health.horizon().isEmpty()) {
      return server.untold(health, "horizon", "who holds vacuum back", JudgedServer.TO_MONITORS);
    }
    long oldest = health.horizon().get().stream().mapToLong(Horizon::age).max().orElse(0);
    Measurement measured =
        Measurement.limited("vacuumHorizonTransactions", oldest, MANY, "backend_xmin, xmin");
    if (oldest <= MANY) {
      return server.pass(
          "the oldest view that vacuum has to respect is %s transactions old; limit %s"
              .formatted(told(oldest), told(MANY)),
          measured);
    }
    return server.fail(
        oldest > TOO_MANY ? Severity.HIGH : Severity.MEDIUM,
        "vacuum is held back by %s; limit %s transactions"
            .formatted(
                JudgedServer.some(
                    health.horizon().get().stream()
                        .filter(holder -> holder.age() > MANY)
                        .map(VacuumHorizonCheck::told)
                        .toList()),
                told(MANY)),
        server.byPeople(
            "End the session or the prepared transaction, drop the slot that nobody follows; on a standby, end long queries or turn hot_standby_feedback off.",
            SQL),
        measured);
  }

  private static String told(Horizon holder) {
    String what =
        switch (holder.kind()) {
          case "session" ->
              holder.name().isEmpty() ? PROCESS : "a session of role " + holder.name();
          case "process" -> "%s (%s)".formatted(PROCESS, holder.name());
          case "standby" -> "standby " + holder.name() + " (its hot_standby_feedback)";
          case "prepared" -> "a prepared transaction of role " + holder.name();
          case "catalog" -> "slot " + holder.name() + " (the catalogue)";
          default -> "slot " + holder.name();
        };
    return "%s for %s transactions".formatted(what, told(holder.age()));
  }

  private static String told(long transactions) {
    return transactions < MILLION
        ? String.valueOf(transactions)
        : transactions / MILLION + " million";
  }
}

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
import dev.earshot.evidence.PostgresHealth.Transaction;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// A session that is idle in a transaction keeps its locks, and keeps vacuum from removing what any
/// table has lost since the transaction began. Its client forgot it, or does something else
/// meanwhile.
///
/// Limits: those of check_postgres' `txn_idle` in common use, a minute and ten minutes.
public final class IdleInTransactionCheck implements Check {

  private static final String ID = "postgres.idle-in-transaction";

  private static final Limit.Time LONG = new Limit.Time(ID, "long", Duration.ofMinutes(1));
  private static final Limit.Time FORGOTTEN =
      new Limit.Time(ID, "forgotten", Duration.ofMinutes(10), LONG);

  private static final String TIMEOUT = "idle_in_transaction_session_timeout";

  private static final String SQL =
      "select pid, usename, datname, now() - state_change as idle from pg_stat_activity where state"
          + " like 'idle in transaction%' order by 4 desc";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold("idle for more than 1 min: medium", "check_postgres, txn_idle", LONG),
              new Threshold(
                  "idle for more than 10 min: high",
                  "no client that is still at work waits so long",
                  FORGOTTEN)),
          "psql -c \"" + SQL + "\"",
          "Mend the client that forgets its transactions, and let"
              + " idle_in_transaction_session_timeout end what it forgets.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "No session sits idle in an open transaction",
        Severity.HIGH,
        """
        A forgotten transaction keeps its locks, so that others wait for it, and keeps vacuum from \
        removing dead rows in every table, so that all of them grow.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, IdleInTransactionCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.transactions().isEmpty()) {
      return server.unknown(JudgedServer.NO_SESSIONS);
    }
    List<Transaction> idle =
        health.transactions().get().stream()
            .filter(one -> one.state().startsWith("idle in transaction"))
            .sorted(Comparator.comparing(Transaction::inState).reversed())
            .toList();
    if (idle.isEmpty()) {
      return server.pass("no session is idle in a transaction");
    }
    Duration limit = server.thresholds().of(LONG);
    Transaction worst = idle.getFirst();
    List<Transaction> late =
        idle.stream().filter(one -> one.inState().compareTo(limit) > 0).toList();
    Measurement measured =
        Measurement.limited(
            "idleInTransactionSeconds",
            worst.inState().toSeconds(),
            limit.toSeconds(),
            "pg_stat_activity");
    if (late.isEmpty()) {
      return server.pass(
          "%d idle in a transaction, none for more than %s; limit %s"
              .formatted(idle.size(), Spans.told(worst.inState()), Spans.told(limit)),
          measured);
    }
    List<String> told =
        late.stream()
            .map(one ->
                "%s in %s for %s".formatted(one.role(), one.database(), Spans.told(one.inState())))
            .toList();
    return server.fail(
        worst.inState().compareTo(server.thresholds().of(FORGOTTEN)) > 0
            ? Severity.HIGH
            : Severity.MEDIUM,
        "idle in a transaction: %s; limit %s".formatted(JudgedServer.some(told), Spans.told(limit)),
        server.byStatements(
            "End transactions that sit idle for more than 5 min, for this role alone, and mend the"
                + " client that forgets them.",
            "Forgotten transactions are ended",
            SQL,
            List.of(
                Statement.set(
                    "End the role's idle transactions after 5 min",
                    EffectiveSetting.of(server.settings(), worst.role(), worst.database(), TIMEOUT),
                    TIMEOUT,
                    "5min"))),
        measured);
  }
}

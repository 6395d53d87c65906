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
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// While a transaction is open, vacuum keeps every row that it might still see, in every table of
/// its database. A transaction that was prepared and forgotten does so for ever, restarts included.
///
/// Limits: an hour is where check_postgres' `txn_time` is usually set; backups take longer at
/// times.
public final class LongTransactionsCheck implements Check {

  private static final String ID = "postgres.long-transactions";

  private static final Limit.Time LONG = new Limit.Time(ID, "long", Duration.ofHours(1));
  private static final Limit.Time VERY_LONG =
      new Limit.Time(ID, "very_long", Duration.ofDays(1), LONG);

  private static final String SQL =
      "select pid::text as what, usename, datname, now() - xact_start as open from pg_stat_activity"
          + " where xact_start is not null union all select 'prepared ' || gid, owner, database,"
          + " now() - prepared from pg_prepared_xacts order by 4 desc";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold("open for more than 1 h: medium", "check_postgres, txn_time", LONG),
              new Threshold(
                  "open for more than 1 day: high",
                  "dead rows of a whole day are kept",
                  VERY_LONG)),
          "psql -c \"" + SQL + "\"",
          "End it (pg_cancel_backend, or ROLLBACK PREPARED where it was prepared) if nobody waits"
              + " for it, and make long work smaller.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "No transaction stays open for hours",
        Severity.HIGH,
        """
        As long as the oldest transaction is open, no table of its database gets rid of dead rows: \
        queries read more and more of them, and disks fill.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, LongTransactionsCheck::judge);
  }

  /// Those that are idle have a check of their own.
  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.transactions().isEmpty() || health.prepared().isEmpty()) {
      return server.unknown(JudgedServer.NO_SESSIONS);
    }
    List<Open> open =
        Stream.concat(
                health.transactions().get().stream()
                    .filter(one -> !one.state().startsWith("idle in transaction"))
                    .map(one -> new Open("", one.role(), one.database(), one.open())),
                health.prepared().get().stream()
                    .map(one -> new Open("prepared, ", one.role(), one.database(), one.age())))
            .sorted(Comparator.comparing(Open::age).reversed())
            .toList();
    if (open.isEmpty()) {
      return server.pass("no transaction is open");
    }
    Duration limit = server.thresholds().of(LONG);
    Duration oldest = open.getFirst().age();
    Measurement measured =
        Measurement.limited(
            "transactionSeconds", oldest.toSeconds(), limit.toSeconds(), "pg_stat_activity");
    List<String> late =
        open.stream().filter(one -> one.age().compareTo(limit) > 0).map(Open::toString).toList();
    return late.isEmpty()
        ? server.pass(
            "the oldest transaction at work is open for %s; limit %s"
                .formatted(Spans.told(oldest), Spans.told(limit)),
            measured)
        : server.fail(
            oldest.compareTo(server.thresholds().of(VERY_LONG)) > 0
                ? Severity.HIGH
                : Severity.MEDIUM,
            "open transactions: %s; limit %s".formatted(JudgedServer.some(late), Spans.told(limit)),
            server.byPeople(
                "Find out who waits for it, and end it: pg_cancel_backend, or ROLLBACK PREPARED"
                    + " where it was prepared.",
                SQL),
            measured);
  }

  private record Open(String kind, String role, String database, Duration age) {
    @Override
    public String toString() {
      return "%s%s in %s for %s".formatted(kind, role, database, Spans.told(age));
    }
  }
}

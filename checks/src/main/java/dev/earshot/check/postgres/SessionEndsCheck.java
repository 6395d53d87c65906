package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Ends;
import java.util.List;

/// How sessions end. A client that goes away without a word was killed, or something on the way (a
/// firewall, a proxy, address translation) forgot the connection; the server's part of it lives on
/// until it writes, with its transaction and its locks.
///
/// Limits: one in twenty is more than restarts of applications explain; fewer than a hundred
/// sessions tell nothing.
public final class SessionEndsCheck implements Check {

  private static final Percent MANY = new Percent(5);
  private static final long ENOUGH = 100;

  private static final String SQL =
      "select datname, sessions, sessions_abandoned, sessions_fatal, sessions_killed, stats_reset from pg_stat_database order by sessions desc";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "more than 5 % of 100 or more sessions were abandoned or ended by an error: medium",
                  "more than restarts of applications explain")),
          "psql -c \"" + SQL + "\"",
          "See the server's log for 'unexpected EOF' and FATAL, and set tcp_keepalives_idle below the time after which the way forgets connections.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.session-ends",
        "Sessions end because their clients are done",
        Severity.MEDIUM,
        """
        A connection that breaks fails whatever its client was doing, and opening a new one takes \
        several round trips and a new process.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, SessionEndsCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.counters().isEmpty()) {
      return server.unknown(PerDay.NOT_COUNTED);
    }
    List<Ends> counted =
        health.counters().get().stream().flatMap(one -> one.sessions().stream()).toList();
    if (counted.isEmpty()) {
      return server.notApplicable("PostgreSQL before 14 does not count how sessions end");
    }
    long all = counted.stream().mapToLong(Ends::all).sum();
    long abandoned = counted.stream().mapToLong(Ends::abandoned).sum();
    long fatal = counted.stream().mapToLong(Ends::fatal).sum();
    long killed = counted.stream().mapToLong(Ends::killed).sum();
    if (all < ENOUGH) {
      return server.notApplicable(
          "fewer than %d sessions were counted since the statistics were reset".formatted(ENOUGH));
    }
    Percent share = Percent.ofRatio((double) (abandoned + fatal) / all);
    String told =
        "of %d sessions, %d were abandoned by their client, %d ended by an error and %d killed by an administrator; limit %s abandoned or ended by an error"
            .formatted(all, abandoned, fatal, killed, MANY);
    Measurement measured =
        Measurement.limited(
            "sessionsBrokenPercent", share.value(), MANY.value(), "pg_stat_database");
    return share.compareTo(MANY) <= 0
        ? server.pass(told, measured)
        : server.fail(
            Severity.MEDIUM,
            told,
            server.byPeople(
                "Look in the server's log for what ended them ('unexpected EOF on client connection', FATAL), and let tcp_keepalives_idle be shorter than what firewalls on the way remember.",
                SQL),
            measured);
  }
}

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
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresHealth;
import java.util.List;

/// What `NOTIFY` sends is kept until every listener has fetched it. One that listens and keeps a
/// transaction open fetches nothing, and once the room is full, transactions that notify fail at
/// their commit.
///
/// Limits: PostgreSQL itself warns in its log from half on; with a tenth left, it is a matter of
/// hours.
public final class NotificationQueueCheck implements Check {

  private static final String ID = "postgres.notification-queue";

  private static final Limit.Share HALF = new Limit.Share(ID, "half", new Percent(50));
  private static final Limit.Share NEARLY_ALL =
      new Limit.Share(ID, "nearly_all", new Percent(90), HALF);

  private static final String SQL = "select pg_notification_queue_usage()";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "more than %s taken: medium".formatted(HALF.told()),
                  "PostgreSQL's manual, NOTIFY: from half on it warns in its log",
                  HALF),
              new Threshold(
                  "more than %s: high".formatted(NEARLY_ALL.told()),
                  "once it is full, transactions that notify fail at their commit",
                  NEARLY_ALL)),
          "psql -c \"" + SQL + "\"   # from 0 to 1; the log names the session that holds it back",
          "End the transaction of the session that listens and does not fetch (the warning in the log names it), and let listeners keep none open.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Listeners fetch what they are notified of",
        Severity.HIGH,
        """
        One session that listens, and forgets its transaction, keeps all notifications of the whole \
        server; when their room is full, whoever notifies can't commit.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, NotificationQueueCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.inRecovery()) {
      return server.notApplicable("it is a standby, which notifies nobody");
    } else if (health.notifications().isEmpty()) {
      return server.untold(
          health, "notifications", "how many notifications wait", JudgedServer.IN_TIME);
    }
    Percent used = health.notifications().get();
    Percent limit = server.thresholds().of(HALF);
    String told =
        "%s of the room for notifications is taken; limit %s"
            .formatted(used, Limit.Share.told(limit));
    Measurement measured =
        Measurement.limited(
            "notificationQueuePercent", used.value(), limit.value(), "pg_notification_queue_usage");
    return used.compareTo(limit) <= 0
        ? server.pass(told, measured)
        : server.fail(
            used.compareTo(server.thresholds().of(NEARLY_ALL)) > 0
                ? Severity.HIGH
                : Severity.MEDIUM,
            told,
            server.byPeople(
                "End the session that listens and keeps a transaction open: the warning in the server's log names its process.",
                "select pid, usename, state, xact_start from pg_stat_activity where xact_start is not null order by xact_start"),
            measured);
  }
}

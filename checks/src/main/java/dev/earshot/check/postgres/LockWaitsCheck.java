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
import dev.earshot.evidence.PostgresHealth.Blocked;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// A session waits for a lock that another transaction holds, and a request waits with it.
///
/// Limit: 30 s, the time for which clients usually wait for an answer at most.
public final class LockWaitsCheck implements Check {

  private static final String ID = "postgres.lock-waits";

  private static final Limit.Time LONG = new Limit.Time(ID, "long", Duration.ofSeconds(30));

  private static final String SQL =
      "select pid, usename, datname, pg_blocking_pids(pid) as blocked_by, now() - query_start as"
          + " since, left(query, 60) from pg_stat_activity where wait_event_type = 'Lock' order by"
          + " query_start";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "waiting for more than 30 s: high",
                  "longer than clients usually wait for an answer",
                  LONG)),
          "psql -c \"" + SQL + "\"",
          "End what stands first in the row, and set lock_timeout for whatever changes tables while"
              + " the application runs.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "No session waits long for a lock",
        Severity.HIGH,
        """
        One transaction that is left open, or one ALTER TABLE, can make every request wait behind it \
        while processors and disks are idle.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, LockWaitsCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.blocked().isEmpty()) {
      return server.unknown(JudgedServer.NO_SESSIONS);
    }
    List<Blocked> waiting =
        health.blocked().get().stream()
            .sorted(Comparator.comparing(Blocked::waiting).reversed())
            .toList();
    if (waiting.isEmpty()) {
      return server.pass("no session waits for a lock");
    }
    Duration limit = server.thresholds().of(LONG);
    Duration longest = waiting.getFirst().waiting();
    Measurement measured =
        Measurement.limited("lockWaitSeconds", longest.toSeconds(), limit.toSeconds(), "pg_locks");
    List<String> late =
        waiting.stream()
            .filter(one -> one.waiting().compareTo(limit) > 0)
            .map(LockWaitsCheck::told)
            .toList();
    return late.isEmpty()
        ? server.pass(
            "%d waiting for a lock, none for more than %s; limit %s"
                .formatted(waiting.size(), Spans.told(longest), Spans.told(limit)),
            measured)
        : server.fail(
            Severity.HIGH,
            "waiting for locks: %s; limit %s".formatted(JudgedServer.some(late), Spans.told(limit)),
            server.byPeople(
                "Look at the session that stands in the way, and end it with pg_terminate_backend"
                    + " if nobody needs it.",
                SQL),
            measured);
  }

  private static String told(Blocked blocked) {
    return "%s in %s for %s (%s%s)"
        .formatted(
            blocked.role(),
            blocked.database(),
            Spans.told(blocked.waiting()),
            blocked.lock(),
            blocked.blocker().isEmpty()
                ? ""
                : ", behind %s, which is %s".formatted(blocked.blocker(), blocked.blockerState()));
  }
}

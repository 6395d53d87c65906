package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What PostgreSQL's log holds of the night on which something was slow: who came and went, who
/// waited for whose lock, when checkpoints and autovacuum were at work. Each writes a line where
/// something happened, and none for a statement that ran well.
public final class LoggingCheck implements Check {

  /// Since PostgreSQL 18, `log_connections` is a list of what to log.
  private static final Set<String> OFF = Set.of("", "off", "false", "no", "0");

  /// @param tells what the log lacks where the setting has one of these values
  private record Told(String name, String tells, Set<String> values) {

    boolean isMissing(JudgedServer server) {
      return values.contains(server.settings().value(name).strip().toLowerCase(Locale.ROOT));
    }

    String missing(JudgedServer server) {
      String value = server.settings().value(name);
      return "%s (%s is %s)".formatted(tells, name, value.isBlank() ? "empty" : value);
    }
  }

  private static final List<Told> WANTED =
      List.of(
          new Told("log_connections", "who logged in", OFF),
          new Told("log_lock_waits", "who waited for a lock", OFF),
          new Told("log_checkpoints", "when checkpoints wrote", OFF),
          new Told("log_autovacuum_min_duration", "when autovacuum was at work", Set.of("-1")));

  private static final String SQL =
      "select name, setting, unit, source from pg_settings where name in ('log_connections', 'log_lock_waits', 'log_checkpoints', 'log_autovacuum_min_duration')";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings"),
          List.of(
              new Threshold(
                  "log_connections, log_lock_waits or log_checkpoints is off, or log_autovacuum_min_duration is -1: low",
                  "PostgreSQL's manual, What to Log; the last two are on as they come since PostgreSQL 15")),
          "psql -c \"" + SQL + "\"",
          "Turn them on and reload: log_autovacuum_min_duration = '10min' is how it comes since PostgreSQL 15. Where an application opens a connection for each request, mend that first.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.logging",
        "The log tells who came, who waited and what else was at work",
        Severity.LOW,
        """
        What was slow last night can be explained only from what was written down then: these \
        settings cost a line each time, and can't be turned on afterwards.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, LoggingCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    List<Told> read =
        WANTED.stream().filter(one -> server.settings().setting(one.name()).isPresent()).toList();
    List<Told> missing = read.stream().filter(one -> one.isMissing(server)).toList();
    if (!missing.isEmpty()) {
      return server.fail(
          Severity.LOW,
          "its log does not tell %s; limit all of it"
              .formatted(
                  JudgedServer.some(missing.stream().map(one -> one.missing(server)).toList())),
          server.byPeople(
              "Turn them on with ALTER SYSTEM, or in the file that is managed, and reload; nothing is restarted.",
              SQL));
    }
    return read.size() < WANTED.size()
        ? server.unknown("what it writes into its log could not be read")
        : server.pass("its log tells of logins, waits for locks, checkpoints and autovacuum");
  }
}

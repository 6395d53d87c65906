package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.List;
import java.util.Optional;

/// Without limits in time, a client that died or forgot keeps its transaction, its locks and its
/// connection, and a statement that runs away runs for hours.
///
/// A limit on statements for the whole server is no better: it ends backups and migrations
/// half-way. Lemmy's migrations log in as the role that serves requests and run for hours, so that
/// its role is to have one for idle transactions, and none, or a lifted one during upgrades, for
/// statements.
public final class StatementTimeoutsCheck implements Check {

  private static final String SQL =
      "select name, setting, source from pg_settings where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.activity"),
          List.of(
              new Threshold(
                  "idle_in_transaction_session_timeout is 0 for an application's role: low",
                  "PostgreSQL's manual: open transactions hold locks and vacuum back"),
              new Threshold(
                  "statement_timeout for the whole server: low",
                  "the manual does not recommend it in postgresql.conf, since it holds for all sessions")),
          "psql -c \""
              + SQL
              + "\"   # as the application's role: SHOW tells what holds for who asks",
          "ALTER ROLE app SET idle_in_transaction_session_timeout = '5min'; give statement_timeout to roles that serve requests only.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.statement-timeouts",
        "Transactions of applications end in time, and migrations may take theirs",
        Severity.LOW,
        """
        A client that forgets a transaction blocks others until somebody looks; a limit for the \
        whole server ends backups and migrations half-way.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, StatementTimeoutsCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    Optional<Setting> idle = server.settings().setting("idle_in_transaction_session_timeout");
    Optional<Setting> statements = server.settings().setting("statement_timeout");
    List<EffectiveSetting> open =
        EffectiveSetting.of(server, "idle_in_transaction_session_timeout").stream()
            .filter(EffectiveSetting::isZero)
            .toList();
    if (statements.filter(setting -> !setting.value().equals("0")).isPresent()) {
      return server.fail(
          Severity.LOW,
          "%s ms for every session, backups and migrations too; limit 0, and a value for each role that serves requests"
              .formatted(ServerSetting.told(statements.get())),
          ServerSetting.alterSystem(
              server.host(),
              server.settings(),
              "Take it back for the server, and set it for the roles that serve requests alone; Lemmy's migrations run as its own role, for hours.",
              "statement_timeout",
              "0"));
    } else if (!open.isEmpty()) {
      EffectiveSetting first = open.getFirst();
      return server.fail(
          Severity.LOW,
          "idle_in_transaction_session_timeout is 0 for %s: what its clients forget stays open; limit some minutes"
              .formatted(EffectiveSetting.whose(open)),
          first.role().isEmpty() && first.override().isEmpty()
              ? ServerSetting.alterSystem(
                  server.host(),
                  server.settings(),
                  "Let the server end transactions that sit idle for 5 min; statements that run are not touched.",
                  "idle_in_transaction_session_timeout",
                  "5min")
              : server.byStatements(
                  "Let the server end this role's transactions that sit idle for 5 min; statements that run are not touched, migrations neither.",
                  "Forgotten transactions end in time",
                  SQL,
                  open.stream()
                      .map(one ->
                          Statement.set(
                              "End a role's idle transactions after 5 min",
                              one,
                              "idle_in_transaction_session_timeout",
                              "5min"))
                      .distinct()
                      .toList()));
    } else if (idle.isEmpty()) {
      return server.unknown(
          "idle_in_transaction_session_timeout could not be read, or is set for the auditing role alone");
    }
    return server.pass(
        "idle transactions of %s end in time, and statement_timeout is not set for the whole server"
            .formatted(
                EffectiveSetting.whose(
                    EffectiveSetting.of(server, "idle_in_transaction_session_timeout"))));
  }
}

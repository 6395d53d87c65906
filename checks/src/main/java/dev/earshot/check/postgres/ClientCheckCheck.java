package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import java.util.List;

/// A backend that gives a request up, or is restarted, closes its connection; the server notices
/// when it wants to send, which is at the statement's end. So those who try again ask a slow
/// statement anew while their last ones still run.
///
/// The limit is the manual's: 0 looks never.
public final class ClientCheckCheck implements Check {

  private static final String NAME = "client_connection_check_interval";

  private static final int SINCE = 140_000;

  private static final String SQL = "show " + NAME;

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.activity"),
          List.of(
              new Threshold(
                  "%s is 0 for an application's role, since PostgreSQL 14: info".formatted(NAME),
                  "PostgreSQL's manual: without it, the server notices at the next exchange with the client that this is gone")),
          "psql -c \""
              + SQL
              + "\"   # as the application's role: SHOW tells what holds for who asks",
          "Let the server look every ten seconds; where clients vanish without closing, as with a cut network, tcp_keepalives_idle is needed besides.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.client-check",
        "Statements whose client is gone end",
        Severity.INFO,
        """
        What a backend gave up goes on to its end, for nobody, and takes processor, locks and a \
        connection from what it asks next: retries pile up on a server that is slow already.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, ClientCheckCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    if (server.settings().version() < SINCE) {
      return server.notApplicable(NAME + " came with PostgreSQL 14");
    }
    List<EffectiveSetting> all = EffectiveSetting.of(server, NAME);
    List<EffectiveSetting> never = all.stream().filter(EffectiveSetting::isZero).toList();
    if (never.isEmpty()) {
      return all.stream().anyMatch(one -> one.value().isEmpty())
          ? server.unknown(NAME + " could not be read, or is set for the auditing role alone")
          : server.pass(
              "for %s, the server looks while a statement runs whether its client is still there"
                  .formatted(EffectiveSetting.whose(all)));
    }
    return server.fail(
        Severity.INFO,
        "%s is 0 for %s: a statement whose client is gone runs to its end; limit some seconds"
            .formatted(NAME, EffectiveSetting.whose(never)),
        never.stream().anyMatch(one -> one.override().isEmpty())
            ? ServerSetting.alterSystem(
                server.host(),
                server.settings(),
                "Let the server look every 10 s whether the client is still there while a statement runs.",
                NAME,
                "10s")
            : server.byStatements(
                "Let the server look every 10 s whether this role's client is still there while a statement runs.",
                "Statements whose client is gone end",
                SQL,
                never.stream()
                    .map(one ->
                        Statement.set(
                            "Look every 10 s whether a role's client is there", one, NAME, "10s"))
                    .distinct()
                    .toList()));
  }
}

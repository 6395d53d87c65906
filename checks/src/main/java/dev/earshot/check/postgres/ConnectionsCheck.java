package dev.earshot.check.postgres;

import dev.earshot.budget.Databases;
import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.evidence.PostgresSettings;
import java.util.List;
import java.util.Optional;

/// When all of `max_connections` are taken, the next session is refused, whoever needs it.
///
/// Limits: those of check_postgres and postgresqltuner, 70 % and 90 % of what ordinary roles may
/// use.
public final class ConnectionsCheck implements Check {

  private static final String ID = "postgres.connections";

  private static final Limit.Share MANY = new Limit.Share(ID, "many", new Percent(70));
  private static final Limit.Share NEARLY_ALL =
      new Limit.Share(ID, "nearly_all", new Percent(90), MANY);

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Pools fit into max_connections",
        Severity.HIGH,
        """
        PostgreSQL refuses the session after the last free one. Far below the limit, connections are \
        cleared: more of them would change nothing.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of(
            "postgres.settings",
            "postgres.activity",
            "network.addresses",
            "network.listeners",
            "network.sockets"),
        List.of(
            new Card.Threshold(
                "more than %s of what ordinary roles may use: medium".formatted(MANY.usual()),
                "check_postgres and postgresqltuner take the same",
                MANY),
            new Card.Threshold(
                "more than %s: high".formatted(NEARLY_ALL.usual()), "the same", NEARLY_ALL)),
        """
        # on the database's host: how many are used
        sudo -u postgres psql -X -c "select count(*) filter (where backend_type = 'client backend') as used, current_setting('max_connections') as all_of, current_setting('superuser_reserved_connections') as reserved from pg_stat_activity"
        # who holds them
        sudo -u postgres psql -X -c "select client_addr, usename, state, count(*) from pg_stat_activity group by 1, 2, 3"\
        """,
        "Make the pools smaller (a busy database needs few connections per core), put a pooler such"
            + " as PgBouncer before the server, or raise max_connections, which needs a restart.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.judge(
        info(),
        fleet,
        (host, settings) -> List.of(judge(fleet.policy().thresholds(), host, settings)));
  }

  private Finding judge(Thresholds thresholds, HostEvidence host, PostgresSettings settings) {
    Subject subject = Servers.subject(host, settings);
    Optional<PostgresActivity> activity = Databases.activity(host, settings.server());
    int usable = settings.ordinaryConnections().orElse(0);
    if (activity.isEmpty() || usable <= 0) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Unknown(
              "%s: %s could not be read"
                  .formatted(
                      host.name(), activity.isEmpty() ? "its sessions" : "max_connections")));
    }
    long used = activity.get().sessionCount();
    Percent limit = thresholds.of(MANY);
    Percent share = Percent.ofRatio((double) used / usable);
    String because =
        "%s: %d of %d connections in use (%s); limit %s"
            .formatted(host.name(), used, usable, share, limit);
    Measurement measured =
        Measurement.limited(
            "connectionsUsedPercent", share.value(), limit.value(), "pg_stat_activity");
    if (share.compareTo(limit) <= 0) {
      return Finding.of(info(), subject, new Verdict.Pass(because), measured);
    }
    Severity severity =
        share.compareTo(thresholds.of(NEARLY_ALL)) > 0 ? Severity.HIGH : Severity.MEDIUM;
    return Finding.of(info(), subject, new Verdict.Fail(severity, because), measured)
        .with(remedy(host, settings.server(), 2L * usable));
  }

  private static Remedy remedy(HostEvidence host, PostgresServer server, long proposed) {
    return new Remedy(
        "Make the pools smaller (a busy database needs few connections per core), or raise max_connections; the latter needs a restart.",
        new SettingPlay(
                host.name(),
                server.port(),
                "More room for connections",
                "max_connections",
                String.valueOf(proposed),
                "")
            .text(),
        List.of(
            server.psql()
                + " -c \"select client_addr, usename, state, count(*) from pg_stat_activity group by"
                + " 1, 2, 3\"   # on "
                + Quoted.comment(host.name().value())));
  }
}

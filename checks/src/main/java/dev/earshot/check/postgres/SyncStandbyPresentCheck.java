package dev.earshot.check.postgres;

import dev.earshot.budget.CommitSetting;
import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `synchronous_standby_names` asks for so many standbys. While fewer are connected, no commit
/// comes to an end: the clients wait, without an error, until one is back.
public final class SyncStandbyPresentCheck implements Check {

  private static final Pattern ASKED =
      Pattern.compile("(?i)^\\s*(?:(?:ANY|FIRST)\\s+)?(\\d{1,4})\\s*\\(");

  private static final String SQL =
      "select application_name, client_addr, state, sync_state from pg_stat_replication";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.activity"),
          List.of(
              new Threshold(
                  "fewer synchronous standbys than asked for: critical",
                  "PostgreSQL's manual on synchronous replication: commits wait for ever")),
          "psql -c \"" + SQL + "\"",
          "Bring the standby back, or take its name out of synchronous_standby_names and reload: commits go on at once.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.sync-standby-present",
        "As many synchronous standbys are there as commits wait for",
        Severity.CRITICAL,
        """
        Without them every commit hangs, and with it every request that writes, while the server \
        looks idle and healthy.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, SyncStandbyPresentCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    Optional<Setting> names = server.settings().setting("synchronous_standby_names");
    if (names.isEmpty()) {
      return server.unknown("synchronous_standby_names could not be read");
    } else if (names.get().value().isBlank()) {
      return server.notApplicable("no synchronous standby is named");
    } else if (Servers.isStandby(server.host(), server.settings())) {
      return server.notApplicable("it is a standby itself and commits nothing");
    }
    Optional<PostgresActivity> activity = server.activity();
    if (activity.isEmpty()
        || activity.get().standbys().stream().anyMatch(one -> one.syncState().isEmpty())) {
      return server.unknown("its standbys could not be read");
    } else if (CommitSetting.of(server.settings(), activity).stream()
        .noneMatch(CommitSetting::waitsForStandbys)) {
      return server.notApplicable(
          "a synchronous standby is named, but no role's commits wait for it");
    }
    long there =
        activity.get().standbys().stream()
            .filter(one -> one.syncState().equals("sync") || one.syncState().equals("quorum"))
            .count();
    Matcher asked = ASKED.matcher(names.get().value());
    int needed = asked.find() ? Integer.parseInt(asked.group(1)) : 1;
    Measurement measured =
        Measurement.limited("synchronousStandbys", there, needed, "pg_stat_replication");
    return there >= needed
        ? server.pass(
            "%d synchronous standbys are connected; limit %d".formatted(there, needed), measured)
        : server.fail(
            Severity.CRITICAL,
            "%s and %d synchronous standbys are connected: commits hang; limit %d"
                .formatted(ServerSetting.told(names.get()), there, needed),
            ServerSetting.alterSystem(
                server.host(),
                server.settings(),
                "Bring the standby back; or, if losing the last commits at a failover is acceptable, name none, and commits go on at once.",
                "synchronous_standby_names",
                ""),
            measured);
  }
}

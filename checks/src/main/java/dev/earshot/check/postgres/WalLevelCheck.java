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

/// With `wal_level = minimal`, WAL holds what a crash needs and nothing else: PostgreSQL's manual
/// says that base backups made before can't be brought up to date with it, and no standby can
/// follow.
public final class WalLevelCheck implements Check {

  private static final String SQL =
      "select name, setting, source from pg_settings where name in ('wal_level', 'archive_mode', 'max_wal_senders')";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings"),
          List.of(
              new Threshold(
                  "minimal: high",
                  "PostgreSQL's manual on wal_level: not enough to restore a base backup or to feed a standby")),
          "psql -c \"" + SQL + "\"",
          "Set wal_level to replica, which is how it comes; it takes effect at the next restart, after which a new base backup is due.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.wal-level",
        "WAL is enough for backups and standbys",
        Severity.HIGH,
        """
        Whoever needs last hour's data back, or a standby today, finds that the server never wrote \
        what that takes, and has to restart it first.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, WalLevelCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    Optional<Setting> level = server.settings().setting("wal_level");
    if (level.isEmpty()) {
      return server.unknown("wal_level could not be read");
    } else if (!level.get().value().equals("minimal")) {
      return server.pass("wal_level is %s".formatted(level.get().value()));
    }
    return server.fail(
        Severity.HIGH,
        "%s: no base backup can be brought up to date, and no standby can follow; limit replica"
            .formatted(ServerSetting.told(level.get())),
        ServerSetting.alterSystem(
            server.host(),
            server.settings(),
            "Set it to replica; it takes effect at the next restart, after which a new base backup is due.",
            "wal_level",
            "replica"));
  }
}

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

/// How a commit gets to the disk. On Linux PostgreSQL uses `fdatasync`; the other methods are
/// slower as a rule, and `pg_test_fsync` tells how much on a given disk. `commit_delay` makes each
/// commit wait, in the hope that others join it.
public final class WalSyncCheck implements Check {

  private static final String USUAL = "fdatasync";

  /// What `commit_siblings` is as it comes.
  private static final int SIBLINGS = 5;

  private static final String SQL =
      "select name, setting, unit, source, sourcefile, sourceline from pg_settings where name in ('wal_sync_method', 'commit_delay', 'commit_siblings')";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings"),
          List.of(
              new Threshold(
                  "wal_sync_method set to anything but fdatasync: medium",
                  "PostgreSQL's manual: the default on Linux, fdatasync, since the others were found to be slower there"),
              new Threshold(
                  "commit_delay above 0 with fewer than %d commit_siblings: low"
                      .formatted(SIBLINGS),
                  "PostgreSQL's manual: the delay is wasted where no others are about to commit")),
          """
          # on the database's host
          sudo -u postgres psql -X -c "SQL"
          # as postgres, with the server's own disk: what each method costs
          pg_test_fsync -f /var/lib/postgresql/pg_test_fsync.out\
          """
              .replace("SQL", SQL),
          "Take both back to how they come, unless pg_test_fsync on this very disk said otherwise.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.wal-sync",
        "Commits get to the disk the usual way",
        Severity.MEDIUM,
        """
        Every commit waits for this. A method that was chosen for another disk, or a delay in the \
        hope for company, is added to each of them.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, WalSyncCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    Optional<Setting> method = server.settings().setting("wal_sync_method");
    Optional<Integer> delay = server.settings().count("commit_delay");
    int siblings = server.settings().count("commit_siblings").orElse(SIBLINGS);
    if (method.isEmpty() || delay.isEmpty()) {
      return server.unknown("wal_sync_method or commit_delay could not be read");
    } else if (!method.get().value().equals(USUAL) && !method.get().source().equals("default")) {
      return server.fail(
          Severity.MEDIUM,
          "%s; limit %s, unless pg_test_fsync on this disk says otherwise"
              .formatted(ServerSetting.told(method.get()), USUAL),
          ServerSetting.alterSystem(
              server.host(),
              server.settings(),
              "Measure with pg_test_fsync on the server's own disk, and take it back where nothing speaks for it.",
              "wal_sync_method",
              USUAL));
    } else if (delay.get() > 0 && siblings < SIBLINGS) {
      return server.fail(
          Severity.LOW,
          "commit_delay is %d µs as soon as %d other transactions are open; limit 0, or %d commit_siblings"
              .formatted(delay.get(), siblings, SIBLINGS),
          ServerSetting.alterSystem(
              server.host(),
              server.settings(),
              "Take the delay back, or let it wait for more company.",
              "commit_delay",
              "0"));
    }
    return server.pass(
        "wal_sync_method is %s, commit_delay %d µs with %d commit_siblings"
            .formatted(method.get().value(), delay.get(), siblings));
  }
}

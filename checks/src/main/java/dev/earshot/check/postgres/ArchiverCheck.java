package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Archiver;
import java.util.List;

/// Archived WAL is what a backup is brought up to date with. While archiving fails, no time after
/// the failure can be restored, and the server keeps all WAL since, until the disk is full.
public final class ArchiverCheck implements Check {

  private static final String SQL =
      "select archived_count, last_archived_time, failed_count, last_failed_wal, last_failed_time from pg_stat_archiver";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "the last attempt failed: high",
                  "PostgreSQL tries the same file again for ever, by its manual on continuous archiving")),
          "psql -c \"" + SQL + "\"",
          "See the server's log for what archive_command says, and mend it; nothing is lost as long as the disk has room.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.archiver",
        "WAL is archived where it is meant to be",
        Severity.HIGH,
        """
        While archiving fails, backups end at the last file that was archived, and WAL piles up on \
        the database's own disk.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, ArchiverCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    String mode = server.settings().value("archive_mode");
    if (mode.equals("off")) {
      return server.notApplicable("archive_mode is off");
    } else if (health.inRecovery() && !mode.equals("always")) {
      return server.notApplicable("it is a standby, and its primary archives");
    } else if (mode.isEmpty() || health.archiver().isEmpty()) {
      return server.unknown("whether it archives WAL could not be read");
    }
    Archiver archiver = health.archiver().get();
    if (!isFailing(archiver)) {
      return server.pass(
          archiver
              .archivedAgo()
              .map(ago ->
                  "the last of %d WAL files was archived %s ago, the last attempt did not fail"
                      .formatted(archiver.archived(), Spans.told(ago)))
              .orElse("archive_mode is %s and no attempt failed yet".formatted(mode)));
    }
    return server.fail(
        Severity.HIGH,
        "archiving WAL fails since the last success %s; the last of %d failures is %s ago; limit none"
            .formatted(
                archiver
                    .archivedAgo()
                    .map(ago -> Spans.told(ago) + " ago")
                    .orElse("that never came"),
                archiver.failed(),
                archiver.failedAgo().map(Spans::told).orElse("unknown")),
        server.byPeople(
            "Read in the server's log what the archive command says, and mend it before the disk is full.",
            SQL),
        Measurement.of("archiveFailures", archiver.failed(), "pg_stat_archiver"));
  }

  private static boolean isFailing(Archiver archiver) {
    return archiver
        .failedAgo()
        .filter(failed ->
            archiver.archivedAgo().filter(archived -> archived.compareTo(failed) <= 0).isEmpty())
        .isPresent();
  }
}

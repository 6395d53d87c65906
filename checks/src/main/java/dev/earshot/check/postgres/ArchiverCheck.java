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
import dev.earshot.evidence.PostgresHealth.Archiver;
import dev.earshot.evidence.PostgresHealth.Backlog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Archived WAL is what a backup is brought up to date with. While archiving fails, no time after
/// the failure can be restored, and the server keeps all WAL since, until the disk is full. Where
/// archiving is slower than writing, files wait without any failure.
///
/// Limits: ten minutes are what a backup may lack without anybody noticing; an hour is a queue that
/// does not empty.
public final class ArchiverCheck implements Check {

  private static final String ID = "postgres.archiver";

  private static final Limit.Time WAITING = new Limit.Time(ID, "waiting", Duration.ofMinutes(10));
  private static final Limit.Time WAITING_LONG =
      new Limit.Time(ID, "waiting_long", Duration.ofHours(1), WAITING);

  private static final String SQL =
      "select archived_count, last_archived_time, failed_count, last_failed_wal, last_failed_time, (select count(*) from pg_ls_archive_statusdir() where name like '%.ready') as waiting from pg_stat_archiver";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "the last attempt failed: high",
                  "PostgreSQL tries the same file again for ever, by its manual on continuous archiving"),
              new Threshold(
                  "a file waits for more than 10 min: medium",
                  "our own choice: what a backup may lack",
                  WAITING),
              new Threshold(
                  "more than 1 h: high", "archiving is slower than writing", WAITING_LONG)),
          "psql -c \"" + SQL + "\"",
          "See the server's log for what archive_command says, and mend it; nothing is lost as long as the disk has room.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
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
    Optional<Duration> waiting = health.backlog().flatMap(Backlog::waiting);
    if (!isFailing(archiver)
        && waiting
            .filter(time -> time.compareTo(server.thresholds().of(WAITING)) > 0)
            .isPresent()) {
      return behind(server, health.backlog().get(), waiting.get());
    } else if (!isFailing(archiver) && health.backlog().isEmpty()) {
      return server.untold(
          health,
          "backlog",
          "no attempt failed last, and whether files wait",
          JudgedServer.TO_MONITORS);
    } else if (!isFailing(archiver)) {
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

  private static Finding behind(JudgedServer server, Backlog backlog, Duration waiting) {
    Duration limit = server.thresholds().of(WAITING);
    return server.fail(
        waiting.compareTo(server.thresholds().of(WAITING_LONG)) > 0
            ? Severity.HIGH
            : Severity.MEDIUM,
        "%d WAL files wait to be archived, the oldest for %s, though no attempt failed; limit %s"
            .formatted(backlog.files(), Spans.told(waiting), Spans.told(limit)),
        server.byPeople(
            "Find out what makes the archive command slow (the way to the archive, its compression), or let it take several files at a time.",
            SQL),
        Measurement.limited(
            "archiveWaitingSeconds",
            waiting.toSeconds(),
            limit.toSeconds(),
            "pg_ls_archive_statusdir"));
  }

  private static boolean isFailing(Archiver archiver) {
    return archiver
        .failedAgo()
        .filter(failed ->
            archiver.archivedAgo().filter(archived -> archived.compareTo(failed) <= 0).isEmpty())
        .isPresent();
  }
}

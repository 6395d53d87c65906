package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Checkpoints;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Between two checkpoints each page is written into WAL in full once, so that checkpoints in quick
/// succession multiply what is written; after a crash all WAL since the last one is repeated, so
/// that rare ones make for long restarts.
///
/// Limits: a checkpoint for want of room in `max_wal_size` should be the exception (PostgreSQL's
/// manual on WAL configuration, `checkpoint_warning`); with more than an hour between them, a
/// restart after a crash can take as long as that. Written within a part of the time between two,
/// the pages of one keep the disk busier than it has to be.
public final class CheckpointsCheck implements Check {

  private static final Percent MANY = new Percent(50);
  private static final long ENOUGH = 20;
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final double SPREAD = 0.9;

  private static final String SQL =
      "select name, setting, unit, sourcefile, sourceline from pg_settings where name in ('checkpoint_timeout', 'checkpoint_completion_target', 'max_wal_size')";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "more than half of 20 or more were requested, not timed: medium",
                  "PostgreSQL's manual, WAL Configuration"),
              new Threshold(
                  "checkpoint_timeout above 1 h: medium",
                  "all WAL since the last one is repeated after a crash"),
              new Threshold(
                  "checkpoint_completion_target below %s: low".formatted(SPREAD),
                  "its value as it comes since PostgreSQL 14, and the manual advises against less")),
          "psql -c \"select * from pg_stat_bgwriter\"   # pg_stat_checkpointer from PostgreSQL 17",
          "Raise max_wal_size until time begins most checkpoints, and keep checkpoint_timeout between 5 min and 1 h.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.checkpoints",
        "Checkpoints begin because it is time",
        Severity.MEDIUM,
        """
        Checkpoints that come too often write every page twice; ones that come too seldom make the \
        server repeat hours of work after a crash before it lets anybody in.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, CheckpointsCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    Optional<Duration> timeout =
        server.settings().count("checkpoint_timeout").map(Duration::ofSeconds);
    if (timeout.filter(time -> time.compareTo(LONGEST) > 0).isPresent()) {
      return server.fail(
          Severity.MEDIUM,
          "checkpoint_timeout is %s; after a crash, all that was written since the last checkpoint is repeated; limit %s"
              .formatted(Spans.told(timeout.get()), Spans.told(LONGEST)),
          ServerSetting.alterSystem(
              server.host(),
              server.settings(),
              "Set it to 30 min and let the server read it; nothing is restarted.",
              "checkpoint_timeout",
              "30min"),
          Measurement.limited(
              "checkpointTimeoutSeconds",
              timeout.get().toSeconds(),
              LONGEST.toSeconds(),
              "pg_settings"));
    } else if (health.checkpoints().isEmpty()) {
      return server.unknown("its checkpoints could not be counted");
    } else if (health.inRecovery()) {
      return server.notApplicable("it is a standby, and its primary begins checkpoints");
    }
    Checkpoints counted = health.checkpoints().get();
    long all = counted.timed() + counted.requested();
    Percent share = Percent.ofRatio(all == 0 ? 0 : (double) counted.requested() / all);
    String told =
        "%d of %d checkpoints were requested, not timed (%s)%s; limit %s of %d or more"
            .formatted(
                counted.requested(),
                all,
                share,
                counted.counting().map(time -> " in " + Spans.told(time)).orElse(""),
                MANY,
                ENOUGH);
    Measurement measured =
        Measurement.limited(
            "checkpointsRequestedPercent", share.value(), MANY.value(), "pg_stat_checkpointer");
    return all < ENOUGH || share.compareTo(MANY) <= 0
        ? spread(server, told, measured)
        : server.fail(
            Severity.MEDIUM,
            told,
            server.byPeople(
                "Double max_wal_size (now %s) until time begins most checkpoints; the disk needs that room."
                    .formatted(
                        server
                            .settings()
                            .count("max_wal_size")
                            .map(size -> Bytes.ofKiB(size * 1024L).toString())
                            .orElse("unknown")),
                SQL),
            measured);
  }

  /// Where time begins them, how fast they write is all that is left.
  private static Finding spread(JudgedServer server, String told, Measurement measured) {
    Optional<Setting> target = server.settings().setting("checkpoint_completion_target");
    boolean hasty =
        server
            .settings()
            .number("checkpoint_completion_target")
            .filter(at -> at < SPREAD)
            .isPresent();
    return hasty
        ? server.fail(
            Severity.LOW,
            "%s, so that a checkpoint writes in a part of the time that it has; limit %s"
                .formatted(ServerSetting.told(target.get()), SPREAD),
            ServerSetting.alterSystem(
                server.host(),
                server.settings(),
                "Set it to 0.9 and let the server read it; nothing is restarted.",
                "checkpoint_completion_target",
                String.valueOf(SPREAD)),
            measured)
        : server.pass(told, measured);
  }
}

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
import dev.earshot.check.Thresholds;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Standby;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How far a standby is behind. What it has not got yet is lost when the primary dies; what it has
/// not repeated yet is not seen by those who read from it.
///
/// Limits: 5 s is what PgHero asks for; after a minute, or with a gigabyte to go, it does not keep
/// up.
public final class StandbyLagCheck implements Check {

  private static final String ID = "postgres.standby-lag";

  private static final Limit.Time BEHIND = new Limit.Time(ID, "behind", Duration.ofSeconds(5));
  private static final Limit.Time FAR_BEHIND =
      new Limit.Time(ID, "far_behind", Duration.ofMinutes(1), BEHIND);
  private static final Bytes MUCH = Bytes.ofKiB(1024 * 1024);

  private static final String SQL =
      "select application_name, client_addr, state, sync_state, write_lag, flush_lag, replay_lag from pg_stat_replication";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold("more than 5 s behind: medium", "PgHero", BEHIND),
              new Threshold(
                  "more than 1 min or 1 GiB behind: high", "it does not keep up", FAR_BEHIND),
              new Threshold(
                  "a standby that receives nothing: high", "it falls behind until it is lost")),
          "psql -c \"" + SQL + "\"   # on the primary",
          "See what the standby waits for: its disk, its network, or queries that hold replay back (max_standby_streaming_delay).");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Standbys keep up with their primary",
        Severity.HIGH,
        """
        A failover to a standby that is behind loses what it has not received, and reads from it \
        answer with the past.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, StandbyLagCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.inRecovery() && health.receivers() == 0) {
      return server.fail(
          Severity.HIGH,
          "it is a standby that receives no WAL; it repeated its last transaction %s; limit one receiver"
              .formatted(
                  health.replayed().map(time -> Spans.told(time) + " ago").orElse("at no time")),
          server.byPeople(
              "See the standby's log for why it does not reach its primary (primary_conninfo, a slot that is gone, a password), or whether it is to follow by the archive alone.",
              "select status, sender_host, latest_end_time from pg_stat_wal_receiver"));
    } else if (health.standbys().isEmpty()) {
      return server.unknown("its standbys could not be read");
    }
    List<Standby> standbys =
        health.standbys().get().stream().filter(one -> !one.state().equals("backup")).toList();
    if (standbys.isEmpty()) {
      return health.inRecovery()
          ? server.pass("it is a standby and receives WAL; its primary tells how far it is behind")
          : server.notApplicable("no standby follows it");
    } else if (standbys.stream().anyMatch(one -> one.state().isEmpty())) {
      return server.unknown(
          "how far its standbys are is not shown: GRANT pg_monitor to the role that looks");
    }
    Optional<Severity> worst =
        standbys.stream()
            .flatMap(one -> severity(server.thresholds(), one).stream())
            .min(Comparator.naturalOrder());
    Duration limit = server.thresholds().of(BEHIND);
    double most = standbys.stream().mapToDouble(one -> Millis.of(replay(one))).max().orElse(0);
    Measurement measured =
        Measurement.limited("standbyReplayLagMs", most, Millis.of(limit), "pg_stat_replication");
    List<String> told =
        standbys.stream()
            .filter(one -> worst.isEmpty() || severity(server.thresholds(), one).isPresent())
            .map(StandbyLagCheck::told)
            .toList();
    String sentence =
        "standbys: %s; limit %s".formatted(JudgedServer.some(told), Spans.told(limit));
    return worst.isEmpty()
        ? server.pass(sentence, measured)
        : server.fail(
            worst.get(),
            sentence,
            server.byPeople(
                "Compare write, flush and replay lag: the first is the network, the second the standby's disk, the third its replay, which queries there can hold back.",
                SQL),
            measured);
  }

  private static Duration replay(Standby standby) {
    return standby.replay().orElse(Duration.ZERO);
  }

  private static Optional<Severity> severity(Thresholds limits, Standby standby) {
    boolean far = standby.behind().filter(bytes -> bytes.compareTo(MUCH) > 0).isPresent();
    if (far || replay(standby).compareTo(limits.of(FAR_BEHIND)) > 0) {
      return Optional.of(Severity.HIGH);
    }
    return replay(standby).compareTo(limits.of(BEHIND)) > 0 || standby.state().equals("catchup")
        ? Optional.of(Severity.MEDIUM)
        : Optional.empty();
  }

  private static String told(Standby standby) {
    return "%s%s is %s, %s behind and %s to go"
        .formatted(
            standby.name(),
            standby.client().map(address -> " (" + address + ")").orElse(""),
            standby.state(),
            Millis.format(replay(standby)),
            standby.behind().map(Bytes::toString).orElse("an unknown amount"));
  }
}

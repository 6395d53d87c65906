package dev.earshot.plan;

import dev.earshot.budget.CommitSetting;
import dev.earshot.budget.Databases;
import dev.earshot.budget.StandbyWait;
import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.StandbyDistance;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.Standby;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Commits wait for synchronous standbys, so a standby that moves away is felt by all who write,
/// and so is a database that moves away from it.
///
/// Limit: that of `postgres.remote-sync-standby`, which would fail after the move.
final class CommitWaitCondition implements Condition {

  private static final String NAMES = "synchronous_standby_names";

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.commit-wait",
        "The move brings no synchronous standby far away from its database",
        Severity.HIGH,
        "Every commit waits until the synchronous standby has answered, wherever that is: whoever writes waits for its round trip, too.",
        new Card(
            List.of("postgres.settings", "postgres.activity", "network.pings", "network.tunnels"),
            List.of(
                new Threshold(
                    "a commit would wait more than %s for its synchronous standby: high; or what is set for postgres.remote-sync-standby"
                        .formatted(StandbyDistance.ACCEPTABLE.told()),
                    "what hosts of one datacenter stay below")),
            """
            # on the primary's host; sync_state sync or quorum is waited for
            psql -X -c "select application_name, client_addr, sync_state from pg_stat_replication"
            ping -n -c 10 STANDBY\
            """,
            "Name a standby near the database in synchronous_standby_names before the move, or move both."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    HostName work = situation.work().name();
    List<Finding> findings = new ArrayList<>();
    if (situation.work().postgres()
        instanceof Evidence.Uncollected<List<PostgresSettings>>(String reason)) {
      findings.add(
          Finding.of(
              info(),
              Subject.host(situation.move().to()),
              new Verdict.Unknown(
                  "%s: whether its database is a synchronous standby, or waits for one, is not known: %s"
                      .formatted(work, reason))));
    }
    for (HostEvidence host : situation.fleet().hosts()) {
      host.postgres().collected().orElse(List.of()).stream()
          .flatMap(settings -> judge(situation, host, settings).stream())
          .forEach(findings::add);
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info(),
                Subject.host(situation.move().to()),
                new Verdict.NotApplicable(
                    "%s is no synchronous standby, and has no database that waits for one"
                        .formatted(work))))
        : findings;
  }

  /// Nothing where no commit waits for a standby, or the move does not change for which distance.
  private Optional<Finding> judge(
      Situation situation, HostEvidence primary, PostgresSettings settings) {
    boolean none =
        settings.setting(NAMES).filter(names -> names.value().isBlank()).isPresent()
            || settings.value("in_hot_standby").equals("on");
    if (none) {
      return Optional.empty();
    }
    Optional<PostgresActivity> activity = Databases.activity(primary, settings.server());
    if (settings.setting(NAMES).isEmpty()
        || activity.isEmpty()
        || activity.get().standbys().stream().anyMatch(one -> one.syncState().isEmpty())) {
      return follows(situation, primary, settings)
          ? Optional.of(
              unknown(
                  situation, primary, settings, "for which standbys commits wait was not shown"))
          : Optional.empty();
    }
    boolean waits =
        CommitSetting.of(settings, activity).stream().anyMatch(CommitSetting::waitsForStandbys);
    if (!waits || !concerns(situation, primary, activity.get())) {
      return Optional.empty();
    }
    Topology topology = situation.fleet().topology();
    return StandbyWait.of(
            topology.book(),
            primary.name(),
            settings,
            activity.get(),
            (from, to) -> distance(situation, from, to))
        .map(wait -> judge(situation, primary, settings, activity.get(), wait))
        .or(() ->
            Optional.of(
                unknown(
                    situation,
                    primary,
                    settings,
                    "commits wait for a synchronous standby, and none is connected")));
  }

  private static Optional<Duration> distance(Situation situation, HostName from, HostName to) {
    return MeasuredRtt.between(
            situation.fleet().topology().rtts(), situation.after(from), situation.after(to))
        .map(MeasuredRtt::value);
  }

  /// Whether the work is the database, or may be a standby of it.
  private static boolean follows(
      Situation situation, HostEvidence primary, PostgresSettings settings) {
    HostName work = situation.work().name();
    Topology topology = situation.fleet().topology();
    return primary.name().equals(work)
        || topology.flowsFrom(work).stream()
            .filter(flow -> flow.to().equals(primary.name()))
            .filter(flow -> settings.server().answersAt(flow.port()))
            .anyMatch(flow -> topology.askingDatabases().noneMatch(flow::equals));
  }

  /// Whether the work is the database, or a standby that commits may wait for.
  private static boolean concerns(
      Situation situation, HostEvidence primary, PostgresActivity activity) {
    HostName work = situation.work().name();
    return primary.name().equals(work)
        || activity.standbys().stream()
            .filter(Standby::isSynchronous)
            .flatMap(standby -> standby.client().stream())
            .flatMap(client ->
                situation.fleet().topology().book().owner(client, primary.name()).stream())
            .anyMatch(work::equals);
  }

  private Finding judge(
      Situation situation,
      HostEvidence primary,
      PostgresSettings settings,
      PostgresActivity activity,
      StandbyWait standbys) {
    Duration limit = situation.fleet().policy().thresholds().of(StandbyDistance.ACCEPTABLE);
    Optional<Duration> wait = standbys.bound();
    if (wait.isEmpty() || !standbys.isDecided(limit)) {
      return unknown(
          situation,
          primary,
          settings,
          "the round trip to a synchronous standby was not measured; run, on the database's host: ping -n -c 10 STANDBY");
    }
    String today =
        StandbyWait.of(situation.fleet().topology(), primary.name(), settings, activity)
            .filter(_ -> !situation.isMoved())
            .flatMap(StandbyWait::exact)
            .map(now -> " instead of " + Millis.format(now))
            .orElse("");
    String because =
        "%s: every commit %s %s%s for a synchronous standby; limit %s"
            .formatted(
                label(situation, primary, settings),
                situation.isMoved() ? "waits" : "would wait",
                Millis.format(wait.get()),
                today,
                Millis.format(limit));
    Measurement measured =
        Measurement.limited(
            "standbyRttMs",
            Millis.of(wait.get()),
            Millis.of(limit),
            situation.isMoved() ? "measured" : "predicted");
    Subject subject = subject(situation, primary, settings);
    return wait.get().compareTo(limit) <= 0
        ? Finding.of(info(), subject, new Verdict.Pass(because), measured)
        : Finding.of(info(), subject, new Verdict.Fail(Severity.HIGH, because), measured)
            .with(remedy(situation, primary, settings, limit));
  }

  private Finding unknown(
      Situation situation, HostEvidence primary, PostgresSettings settings, String reason) {
    return Finding.of(
        info(),
        subject(situation, primary, settings),
        new Verdict.Unknown(
            "%s: how long commits would wait for a standby is not known: %s"
                .formatted(label(situation, primary, settings), reason)));
  }

  private static Subject subject(
      Situation situation, HostEvidence primary, PostgresSettings settings) {
    return new Subject.OfHost(
        situation.after(primary.name()), Optional.of(settings.server().toString()));
  }

  private static String label(
      Situation situation, HostEvidence primary, PostgresSettings settings) {
    return "the database of %s (%s)".formatted(situation.after(primary.name()), settings.server());
  }

  private static Remedy remedy(
      Situation situation, HostEvidence primary, PostgresSettings settings, Duration limit) {
    return new Remedy(
        "Name a standby within %s of %s in synchronous_standby_names before the move, or none if losing the last commits at a failover is acceptable; or move both."
            .formatted(Limit.Time.told(limit), situation.after(primary.name())),
        "",
        List.of(
            "%s -c \"select application_name, client_addr, sync_state from pg_stat_replication\"   # on %s"
                .formatted(settings.server().psql(), Quoted.comment(primary.name().value()))));
  }
}

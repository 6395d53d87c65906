package dev.earshot.check.postgres;

import static dev.earshot.check.StandbyDistance.ACCEPTABLE;

import dev.earshot.budget.CommitSetting;
import dev.earshot.budget.Databases;
import dev.earshot.budget.StandbyWait;
import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.StandbyDistance;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// With `synchronous_standby_names` set, every commit waits for a standby's answer: a round trip at
/// least.
public final class RemoteSyncStandbyCheck implements Check {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        StandbyDistance.CHECK,
        "A synchronous standby is near enough for every commit to wait for it",
        Severity.HIGH,
        """
        Every commit waits until the synchronous standby has answered. A far one adds its round trip \
        to each commit.\
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
            "network.sockets",
            "network.pings",
            "network.tunnels"),
        List.of(
            new Card.Threshold(
                "a commit waits more than %s for its synchronous standby: high"
                    .formatted(ACCEPTABLE.told()),
                "what hosts of one datacenter stay below",
                ACCEPTABLE)),
        """
        # on the primary's host: which standbys commits wait for
        sudo -u postgres psql -X -c 'show synchronous_standby_names'
        # how far behind each is; sync_state sync or quorum is waited for
        sudo -u postgres psql -X -c "select application_name, client_addr, sync_state, flush_lag from pg_stat_replication"
        # the round trip to it
        ping -c 10 STANDBY\
        """,
        "Name a near standby in synchronous_standby_names, or none if losing the last commits at a failover is acceptable; the setting takes effect at a reload.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.judge(info(), fleet, (host, settings) -> List.of(judge(fleet, host, settings)));
  }

  private Finding judge(Fleet fleet, HostEvidence host, PostgresSettings settings) {
    Subject subject = Servers.subject(host, settings);
    Optional<Setting> names = settings.setting("synchronous_standby_names");
    if (names.isEmpty()) {
      return unknown(subject, host.name() + ": synchronous_standby_names could not be read");
    } else if (names.get().value().isBlank()) {
      return notApplicable(
          subject,
          host.name()
              + ": no synchronous standby is named, so a commit waits for the local disk alone");
    } else if (settings.value("in_hot_standby").equals("on")) {
      return notApplicable(subject, host.name() + ": it is a standby itself and commits nothing");
    }
    Optional<PostgresActivity> activity = Databases.activity(host, settings.server());
    if (activity.isEmpty()
        || activity.get().standbys().stream().anyMatch(one -> one.syncState().isEmpty())) {
      return unknown(subject, host.name() + ": its standbys could not be read");
    } else if (CommitSetting.of(settings, activity).stream()
        .noneMatch(CommitSetting::waitsForStandbys)) {
      return notApplicable(
          subject,
          host.name() + ": a synchronous standby is named, but no role's commits wait for it");
    }
    return StandbyWait.of(fleet.topology(), host.name(), settings, activity.get())
        .map(wait ->
            judge(fleet.policy().thresholds().of(ACCEPTABLE), subject, host, settings, wait))
        .orElseGet(() ->
            notApplicable(
                subject,
                host.name()
                    + ": no synchronous standby is connected, which postgres.sync-standby-present judges"));
  }

  /// Of standbys that were not measured we know nothing.
  private Finding judge(
      Duration limit,
      Subject subject,
      HostEvidence host,
      PostgresSettings settings,
      StandbyWait standbys) {
    Optional<Duration> wait = standbys.bound();
    if (wait.isEmpty() || !standbys.isDecided(limit)) {
      return unknown(
          subject,
          "%s: the round trip to a synchronous standby was not measured: add it to the inventory"
              .formatted(host.name()));
    }
    String because =
        "%s: every commit waits %s for a synchronous standby; limit %s"
            .formatted(host.name(), Millis.format(wait.get()), Millis.format(limit));
    return wait.get().compareTo(limit) <= 0
        ? Finding.of(
            info(),
            subject,
            new Verdict.Pass(because),
            Measurement.limited("standbyRttMs", Millis.of(wait.get()), Millis.of(limit), "icmp"))
        : fail(subject, Severity.HIGH, because, host, settings);
  }

  private Finding notApplicable(Subject subject, String because) {
    return Finding.of(info(), subject, new Verdict.NotApplicable(because));
  }

  private Finding unknown(Subject subject, String because) {
    return Finding.of(info(), subject, new Verdict.Unknown(because));
  }

  private Finding fail(
      Subject subject,
      Severity severity,
      String because,
      HostEvidence host,
      PostgresSettings settings) {
    return Finding.of(info(), subject, new Verdict.Fail(severity, because))
        .with(
            new Remedy(
                "Name a near standby in synchronous_standby_names, or none if losing the last commits at a failover is acceptable.",
                new SettingPlay(
                        host.name(),
                        settings.port(),
                        "Commits wait for no far standby",
                        "synchronous_standby_names",
                        "",
                        SettingPlay.DISRUPTION)
                    .text(),
                List.of(
                    settings.server().psql()
                        + " -c \"select application_name, client_addr, sync_state, flush_lag from pg_stat_replication\"   # on "
                        + Quoted.comment(host.name().value()))));
  }
}

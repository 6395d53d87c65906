package dev.earshot.check.postgres;

import dev.earshot.budget.CommitSetting;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.Standby;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.topology.Distance;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// With `synchronous_standby_names` set, every commit waits for a standby's answer: a round trip at
/// least, for ever if the standby is gone.
public final class RemoteSyncStandbyCheck implements Check {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.remote-sync-standby",
        "A synchronous standby is near enough for every commit to wait for it",
        Severity.HIGH,
        """
        Every commit waits until the synchronous standby has answered. A far one adds its round trip \
        to each commit; a missing one stops them all.\
        """);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.judge(
        info(), fleet, (host, settings) -> List.of(judge(fleet.topology(), host, settings)));
  }

  private Finding judge(Topology topology, HostEvidence host, PostgresSettings settings) {
    Subject subject = Subject.host(host.name());
    if (settings.setting("synchronous_standby_names").isEmpty()) {
      return unknown(subject, host.name() + ": synchronous_standby_names could not be read");
    }
    if (settings.value("synchronous_standby_names").isBlank()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.NotApplicable(
              "%s: no synchronous standby is named, so a commit waits for the local disk alone"
                  .formatted(host.name())));
    }
    Optional<PostgresActivity> activity =
        host.postgresActivity().latest().collected().stream()
            .flatMap(List::stream)
            .filter(server -> server.port() == settings.port())
            .findFirst();
    if (activity.isEmpty()) {
      return unknown(subject, host.name() + ": its standbys could not be read");
    }
    boolean waits =
        CommitSetting.of(settings, activity).stream().anyMatch(CommitSetting::waitsForStandbys);
    List<Standby> synchronous =
        activity.get().standbys().stream()
            .filter(standby ->
                standby.syncState().equals("sync") || standby.syncState().equals("quorum"))
            .toList();
    if (!waits) {
      return Finding.of(
          info(),
          subject,
          new Verdict.NotApplicable(
              host.name() + ": a synchronous standby is named, but no role's commits wait for it"));
    } else if (synchronous.isEmpty()) {
      return fail(
          subject,
          Severity.CRITICAL,
          "%s: synchronous_standby_names is set and no such standby is connected: commits hang"
              .formatted(host.name()),
          host.name());
    }
    return nearest(topology, subject, host, synchronous);
  }

  private Finding nearest(
      Topology topology, Subject subject, HostEvidence host, List<Standby> synchronous) {
    Optional<Duration> rtt =
        synchronous.stream()
            .flatMap(standby -> standby.client().stream())
            .flatMap(address -> topology.book().owner(address, host.name()).stream())
            .flatMap(standby -> topology.rtts().typical(host.name(), standby).stream())
            .max(Duration::compareTo);
    if (rtt.isEmpty()) {
      return unknown(
          subject,
          "%s: no round trip to its synchronous standby was measured: add it to the inventory"
              .formatted(host.name()));
    }
    String because =
        "%s: every commit waits %s for a synchronous standby; limit %s"
            .formatted(host.name(), Millis.format(rtt.get()), Millis.format(Distance.SAME_SITE));
    return rtt.get().compareTo(Distance.SAME_SITE) <= 0
        ? Finding.of(
            info(),
            subject,
            new Verdict.Pass(because),
            Measurement.limited(
                "standbyRttMs", Millis.of(rtt.get()), Millis.of(Distance.SAME_SITE), "icmp"))
        : fail(subject, Severity.HIGH, because, host.name());
  }

  private Finding unknown(Subject subject, String because) {
    return Finding.of(info(), subject, new Verdict.Unknown(because));
  }

  private Finding fail(Subject subject, Severity severity, String because, HostName host) {
    return Finding.of(info(), subject, new Verdict.Fail(severity, because))
        .with(
            new Remedy(
                "Name a near standby in synchronous_standby_names, or none if losing the last commits at a failover is acceptable.",
                """
                - name: Commits wait for no far standby
                  hosts: %s
                  become: true
                  become_user: postgres
                  gather_facts: false
                  tasks:
                    - name: Name no synchronous standby
                      ansible.builtin.command:
                        argv: [psql, -X, -d, postgres, -c, "ALTER SYSTEM SET synchronous_standby_names = ''"]
                    - name: Let the server read it
                      ansible.builtin.command:
                        argv: [psql, -X, -d, postgres, -c, "SELECT pg_reload_conf()"]
                """
                    .formatted(Quoted.yaml(host.value())),
                List.of(
                    "psql -c \"select application_name, client_addr, sync_state, flush_lag from pg_stat_replication\"   # on "
                        + host)));
  }
}

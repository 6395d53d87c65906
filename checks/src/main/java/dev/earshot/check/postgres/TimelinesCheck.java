package dev.earshot.check.postgres;

import dev.earshot.budget.Databases;
import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.History;
import java.util.List;

/// Every promotion begins a timeline. All copies of a database share its system identifier, by
/// which a primary that a failover passed by is found, and a standby that stayed behind on the old
/// timeline: neither shows in `pg_stat_replication` of the other any more.
///
/// A copy that was made on purpose, for tests perhaps, is a second primary, too, and so are clones
/// of a template; on the timeline of the other one, neither was promoted. Which of two is the right
/// one, nobody can tell from here; where applications hold sessions to both, one of them loses what
/// it writes. A machine may stand in the inventory twice.
public final class TimelinesCheck implements Check {

  private static final String SQL =
      "select system_identifier, timeline_id, pg_is_in_recovery() from pg_control_system(), pg_control_checkpoint()";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health", "postgres.activity"),
          List.of(
              new Threshold(
                  "two primaries of one database: medium, high where their timelines differ and both have sessions over the network",
                  "what is written to one of them is lost to the other; on one timeline, they may be clones of a template"),
              new Threshold(
                  "a standby that receives nothing, on a timeline before its primary's: high",
                  "PostgreSQL's manual, Timelines: WAL of a history that it has left can't be followed"),
              new Threshold(
                  "a primary on a timeline before its standby's: high",
                  "a failover has passed it by"),
              new Threshold(
                  "recovery_target_timeline of a standby is not latest: medium",
                  "PostgreSQL's manual: latest is needed to follow a standby that was promoted")),
          "psql -c \"" + SQL + "\"   # on each server",
          "Make sure that they are two machines, and find out which clients write to which primary; only then stop the one that nobody needs, and let it follow by pg_rewind, or a new base backup. Waive copies that are meant.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.timelines",
        "All copies of a database follow one primary",
        Severity.HIGH,
        """
        After a failover, an old primary that comes back takes writes that nobody else has, and a \
        standby that stayed on the old timeline is no longer one, though both look healthy.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, (server, health) -> judge(fleet, server, health));
  }

  /// A server of the fleet that has the same database.
  private record Copy(HostEvidence host, PostgresHealth health, int timeline) {

    boolean isPrimary() {
      return !health.inRecovery();
    }

    /// Whether somebody holds a session to it over the network, as far as it was seen.
    boolean serves() {
      return Databases.activity(host, health.server()).stream()
          .flatMap(activity -> activity.sessions().stream())
          .flatMap(sessions -> sessions.client().stream())
          .anyMatch(client -> !client.isLoopback());
    }

    @Override
    public String toString() {
      return "%s (timeline %d)".formatted(host.name(), timeline);
    }
  }

  private static Finding judge(Fleet fleet, JudgedServer server, PostgresHealth health) {
    if (health.history().isEmpty()) {
      return server.untold(
          health, "timeline", "which timeline of its database it is on", JudgedServer.IN_TIME);
    }
    Copy own = new Copy(server.host(), health, health.history().get().timeline());
    List<Copy> copies = copies(fleet, own, health.history().get().system());
    List<Copy> later = copies.stream().filter(one -> one.timeline() > own.timeline()).toList();
    if (own.isPrimary()) {
      return primary(server, own, copies, later);
    }
    List<Copy> ahead = later.stream().filter(Copy::isPrimary).toList();
    String target = server.settings().value("recovery_target_timeline");
    if (health.receivers() == 0 && !ahead.isEmpty()) {
      return server.fail(
          Severity.HIGH,
          "it receives nothing, and is on timeline %d, which its primary has left: %s; limit the primary's"
              .formatted(own.timeline(), some(ahead)),
          server.byPeople(
              "Look in its log for 'requested timeline', then bring it back with pg_rewind, or with a new base backup.",
              SQL));
    } else if (!target.isEmpty() && !target.equals("latest")) {
      return server.fail(
          Severity.MEDIUM,
          "recovery_target_timeline is %s: it will not follow whoever is promoted; limit latest"
              .formatted(target),
          ServerSetting.alterSystem(
              server.host(),
              server.settings(),
              "Let it follow the latest timeline; before PostgreSQL 13, this takes a restart.",
              "recovery_target_timeline",
              "latest"));
    }
    return well(server, own, copies);
  }

  private static Finding primary(
      JudgedServer server, Copy own, List<Copy> copies, List<Copy> later) {
    List<Copy> rivals = copies.stream().filter(Copy::isPrimary).toList();
    if (!rivals.isEmpty()) {
      boolean promoted = rivals.stream().anyMatch(one -> one.timeline() != own.timeline());
      List<Copy> busy = own.serves() ? rivals.stream().filter(Copy::serves).toList() : List.of();
      boolean parted = busy.stream().anyMatch(one -> one.timeline() != own.timeline());
      return server.fail(
          parted ? Severity.HIGH : Severity.MEDIUM,
          (promoted
                  ? "it is a primary on timeline %d, and so are others of the same database: %s%s; limit one"
                  : "it is a primary on timeline %d, and others share its identifier: %s%s: a copy, or one machine under two names? limit one")
              .formatted(
                  own.timeline(),
                  some(rivals),
                  busy.isEmpty() ? "" : ", and clients hold sessions to both"),
          server.byPeople(
              "Make sure first that they are two machines, not one under two names; then find out which clients write to which. Only then stop the one that nobody needs, before anybody else writes there, and let it follow by pg_rewind, or a new base backup; where it is a copy that is meant, waive this.",
              SQL));
    } else if (!later.isEmpty()) {
      return server.fail(
          Severity.HIGH,
          "it is a primary on timeline %d, and its standbys went on to a later one: %s; limit the same"
              .formatted(own.timeline(), some(later)),
          server.byPeople(
              "Find the primary that they follow: a failover has passed this one by. Stop it, and let it follow by pg_rewind, or a new base backup.",
              SQL));
    }
    return well(server, own, copies);
  }

  private static Finding well(JudgedServer server, Copy own, List<Copy> copies) {
    return copies.isEmpty()
        ? server.notApplicable("no other copy of its database is among the hosts")
        : server.pass(
            "it is a %s on timeline %d; of the same database: %s"
                .formatted(own.isPrimary() ? "primary" : "standby", own.timeline(), some(copies)));
  }

  private static List<Copy> copies(Fleet fleet, Copy own, String system) {
    return fleet.hosts().stream()
        .filter(host -> !Machines.areOne(host, own.host()))
        .flatMap(host ->
            host.postgresHealth().collected().stream()
                .flatMap(List::stream)
                .filter(health ->
                    !host.name().equals(own.host().name())
                        || !health.server().equals(own.health().server()))
                .flatMap(health ->
                    health.history().stream()
                        .filter(history -> history.system().equals(system))
                        .map(History::timeline)
                        .map(timeline -> new Copy(host, health, timeline))))
        .toList();
  }

  private static String some(List<Copy> copies) {
    return JudgedServer.some(copies.stream().map(Copy::toString).toList());
  }
}

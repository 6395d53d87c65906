package dev.earshot.check.lemmy;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.LemmyDatabase;
import dev.earshot.evidence.LemmyNode;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.topology.Flow;
import java.util.List;
import java.util.Optional;

/// A backend keeps its connections open, so that as many sessions as its pool holds are no sign of
/// anything; sessions at work are.
///
/// A pooler between the two has fewer sessions on the server than it serves, so that the server's
/// limit does not hold for their pools.
///
/// Limits: with a pool of two, activities waited for each other (LemmyNet/lemmy issue 2645); with
/// 90 % at work, the next request soon waits.
public final class PoolCheck implements Check {

  private static final String ID = "lemmy.pool";

  private static final int TOO_SMALL = 5;
  private static final Limit.Share NEARLY_ALL = new Limit.Share(ID, "nearly_all", new Percent(90));

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "The pools of Lemmy's backends have connections to spare",
        Severity.HIGH,
        """
        A request that finds every connection of the pool at work waits up to 30 s for one. Where \
        most are idle, the pool is cleared: a larger one would change nothing.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of(
            "lemmy.nodeinfo",
            "lemmy.database",
            "postgres.activity",
            "postgres.settings",
            "network.addresses",
            "network.listeners",
            "network.sockets"),
        List.of(
            new Card.Threshold(
                "more than %s of the pools at work: high".formatted(NEARLY_ALL.told()),
                "our own choice: the next request soon waits for a connection",
                NEARLY_ALL),
            new Card.Threshold(
                "pools larger than what max_connections leaves to ordinary roles: high",
                "the server refuses the sessions beyond, at the busiest hour"),
            new Card.Threshold(
                "fewer than %d connections: high".formatted(TOO_SMALL),
                "with a pool of two, activities waited for each other (LemmyNet/lemmy issue 2645)")),
        """
        # on the database's host: how many sessions work, and what they wait for
        sudo -u postgres psql -X -c "select state, wait_event_type, count(*) from pg_stat_activity where datname ~ 'lemmy' group by 1, 2"
        # on the backend's host: the pool's size, where it is not the default
        grep pool_size lemmy.hjson\
        """,
        "Raise database.pool_size to its default, 30, where it is smaller. Where all of a large pool is at work, see what the sessions wait for first: slow queries and a distant database fill any pool.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return LemmyFleet.judgeDatabases(
        info(), fleet, (host, database) -> judge(fleet, host, database));
  }

  private Finding judge(Fleet fleet, HostEvidence host, LemmyDatabase database) {
    Subject subject = LemmyFleet.subject(host, database);
    List<HostEvidence> backends = LemmyFleet.backends(fleet, host, database);
    List<LemmyNode> nodes =
        backends.stream().flatMap(backend -> LemmyFleet.nodes(backend).stream()).toList();
    Optional<PostgresActivity> activity =
        host.postgresActivity().latest().collected().stream()
            .flatMap(List::stream)
            .filter(server -> server.server().equals(database.server()))
            .findFirst();
    boolean known =
        !nodes.isEmpty() && nodes.stream().allMatch(node -> node.poolSize().isPresent());
    if (!known || activity.isEmpty() || !activity.get().showsStates()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Unknown(
              "%s: %s"
                  .formatted(
                      host.name(),
                      known
                          ? "what its sessions do is not known: GRANT pg_monitor to the role that looks"
                          : "the size of the backends' pools is not known: audit their hosts with become, to read pool_size")));
    }
    boolean pooled =
        backends.stream()
            .flatMap(backend -> fleet.topology().flowsFrom(backend.name()).stream())
            .anyMatch(Flow::isPooled);
    Optional<Integer> most =
        host.postgres().collected().stream()
            .flatMap(List::stream)
            .filter(server -> server.server().equals(database.server()))
            .findFirst()
            .flatMap(PostgresSettings::ordinaryConnections)
            .filter(_ -> !pooled);
    if (most.isEmpty() && !pooled) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Unknown(
              "%s: how many sessions it lets ordinary roles have could not be read"
                  .formatted(host.name())));
    }
    long size = nodes.stream().flatMap(node -> node.poolSize().stream()).mapToLong(n -> n).sum();
    List<Sessions> sessions =
        activity.get().sessions().stream()
            .filter(session -> session.database().equals(database.database()))
            .toList();
    long busy = sessions.stream().filter(Sessions::isAtWork).mapToLong(Sessions::count).sum();
    return judge(
        fleet.policy().thresholds().of(NEARLY_ALL),
        host,
        database,
        size,
        most,
        sessions.stream().mapToLong(Sessions::count).sum(),
        busy);
  }

  private Finding judge(
      Percent limit,
      HostEvidence host,
      LemmyDatabase database,
      long size,
      Optional<Integer> most,
      long open,
      long busy) {
    Percent share = Percent.ofRatio((double) busy / Math.max(1, size));
    String because =
        "%s: %d of %d sessions of database %s at work, pools hold %d (%s); limit %s, and %s connections"
            .formatted(
                host.name(), busy, open, database.database(), size, share, limit, told(most));
    Measurement measured =
        Measurement.limited("poolBusyPercent", share.value(), limit.value(), "pg_stat_activity");
    Subject subject = LemmyFleet.subject(host, database);
    boolean large = most.filter(room -> size > room).isPresent();
    if (size >= TOO_SMALL && !large && share.compareTo(limit) <= 0) {
      return Finding.of(info(), subject, new Verdict.Pass(because), measured);
    }
    return Finding.of(info(), subject, new Verdict.Fail(Severity.HIGH, because), measured)
        .with(
            new Remedy(
                size < TOO_SMALL
                    ? "Raise database.pool_size in the backend's configuration to its default, 30."
                    : large
                        ? "Lower database.pool_size of the backends until all of them fit into max_connections less what is reserved, or raise max_connections, which needs a restart."
                        : "See what the sessions at work wait for before raising database.pool_size: slow queries and a distant database fill any pool.",
                "",
                List.of(
                    "%s -c \"select state, wait_event_type, count(*) from pg_stat_activity where datname ~ 'lemmy' group by 1, 2\"   # on %s"
                        .formatted(
                            database.server().psql(), Quoted.comment(host.name().value())))));
  }

  private static String told(Optional<Integer> most) {
    return most.map(room -> "%d to %d".formatted(TOO_SMALL, room))
        .orElse("at least %d".formatted(TOO_SMALL));
  }
}

package dev.earshot.topology;

import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.DatabaseCounters;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.evidence.Sampled.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Tells the connections of those who watch hosts and servers from those of the service: no request
/// waits for them.
///
/// Of a database's clients, those are told who are in the role that PostgreSQL has for them, or in
/// the database that exporters ask by default, where the server holds another one that work is done
/// in. Who is not seen to be one of them is none.
final class Monitoring {

  private static final String ROLE = "pg_monitor";

  private static final String MAINTENANCE = "postgres";

  private final Map<HostName, HostEvidence> hosts;
  private final AddressBook book;
  private final DeclaredTopology declared;

  Monitoring(FleetEvidence fleet, AddressBook book, DeclaredTopology declared) {
    this.hosts = fleet.byName();
    this.book = book;
    this.declared = declared;
  }

  boolean is(Flow flow) {
    Set<Role> said = declared.roles().getOrDefault(flow.from(), Set.of());
    return Services.isMonitoring(flow.service())
        || said.equals(Set.of(Role.MONITORING))
        || (flow.isDatabase() && !said.contains(Role.BACKEND) && isOfWatchers(flow));
  }

  /// Whether all sessions that come from a flow's client, at either end of the window, are of those
  /// who watch. Sessions whose client the server does not show us may be its own.
  private boolean isOfWatchers(Flow flow) {
    Optional<HostEvidence> server = Optional.ofNullable(hosts.get(flow.to()));
    List<PostgresActivity> activities =
        server.stream()
            .flatMap(
                host -> Stream.of(host.postgresActivity().start(), host.postgresActivity().end()))
            .flatMap(sample -> sample.collected().map(Sample::value).stream())
            .flatMap(all -> PostgresServer.at(flow.port(), all, PostgresActivity::server).stream())
            .toList();
    Optional<PostgresHba> members =
        server
            .flatMap(host -> host.hba().collected())
            .flatMap(all -> PostgresServer.at(flow.port(), all, PostgresHba::server));
    boolean seen = false;
    for (PostgresActivity activity : activities) {
      for (Sessions sessions : activity.sessions()) {
        boolean own =
            sessions
                .client()
                .flatMap(client -> book.owner(client, flow.to()))
                .filter(flow.from()::equals)
                .isPresent();
        if (isHidden(sessions) || (own && !isOfWatcher(sessions, activity, members))) {
          return false;
        }
        seen |= own;
      }
    }
    return seen;
  }

  private static boolean isHidden(Sessions sessions) {
    return sessions.client().isEmpty() && sessions.state().isEmpty();
  }

  private static boolean isOfWatcher(
      Sessions sessions, PostgresActivity activity, Optional<PostgresHba> members) {
    return members.filter(hba -> hba.isMember(sessions.role(), ROLE)).isPresent()
        || (sessions.database().equals(MAINTENANCE) && worksElsewhere(activity));
  }

  /// Whether more rows were written in other databases than in `postgres`: an application may have
  /// its tables there.
  private static boolean worksElsewhere(PostgresActivity activity) {
    return written(activity, false) > written(activity, true);
  }

  private static long written(PostgresActivity activity, boolean maintenance) {
    return activity.databases().stream()
        .filter(database -> database.name().equals(MAINTENANCE) == maintenance)
        .mapToLong(DatabaseCounters::rowsWritten)
        .sum();
  }
}

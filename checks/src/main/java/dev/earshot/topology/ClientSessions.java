package dev.earshot.topology;

import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.DatabaseCounters;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.evidence.Sampled.Sample;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a database server shows of a flow's client, at either end of the window.
public final class ClientSessions {

  private static final String ROLE = "pg_monitor";

  private static final String MAINTENANCE = "postgres";

  /// `initdb` itself writes thousands of rows there.
  private static final Set<String> TEMPLATES = Set.of("template0", "template1");

  private final Flow flow;
  private final AddressBook book;
  private final List<PostgresActivity> activities;
  private final Optional<PostgresHba> members;

  private ClientSessions(
      Flow flow,
      AddressBook book,
      List<PostgresActivity> activities,
      Optional<PostgresHba> members) {
    this.flow = flow;
    this.book = book;
    this.activities = activities;
    this.members = members;
  }

  /// Those that the server of a flow to a database shows.
  public static ClientSessions of(Topology topology, Flow flow) {
    return of(topology.fleet(), topology.book(), flow);
  }

  static ClientSessions of(FleetEvidence fleet, AddressBook book, Flow flow) {
    Optional<HostEvidence> server = fleet.host(flow.to());
    return new ClientSessions(
        flow,
        book,
        server.stream()
            .flatMap(
                host -> Stream.of(host.postgresActivity().start(), host.postgresActivity().end()))
            .flatMap(sample -> sample.collected().map(Sample::value).stream())
            .flatMap(all -> PostgresServer.at(flow.port(), all, PostgresActivity::server).stream())
            .toList(),
        server
            .flatMap(host -> host.hba().collected())
            .flatMap(all -> PostgresServer.at(flow.port(), all, PostgresHba::server)));
  }

  /// How many the client has, when it was last seen.
  public int count() {
    return latest().stream().flatMap(this::own).mapToInt(Sessions::count).sum();
  }

  /// Why they could be of one who watches: `role x is in pg_monitor`; in order, each once.
  public List<String> signs() {
    return latest().stream()
        .flatMap(this::own)
        .map(sessions ->
            isMember(sessions)
                ? "role %s is in %s".formatted(sessions.role(), ROLE)
                : "role %s works in database %s".formatted(sessions.role(), sessions.database()))
        .distinct()
        .toList();
  }

  /// Whether all that come from the client are of those who watch. Sessions whose client the server
  /// does not show us may be its own.
  ///
  /// @param named whether the client is known to watch by more than them
  boolean areOfWatchers(boolean named) {
    boolean seen = false;
    for (PostgresActivity activity : activities) {
      if (activity.sessions().stream().anyMatch(ClientSessions::isHidden)
          || !own(activity).allMatch(sessions -> isOfWatcher(sessions, activity, named))) {
        return false;
      }
      seen |= own(activity).findAny().isPresent();
    }
    return seen;
  }

  private Stream<Sessions> own(PostgresActivity activity) {
    return activity.sessions().stream()
        .filter(sessions ->
            sessions
                .client()
                .flatMap(client -> book.owner(client, flow.to()))
                .filter(flow.from()::equals)
                .isPresent());
  }

  private Optional<PostgresActivity> latest() {
    return activities.isEmpty() ? Optional.empty() : Optional.of(activities.getLast());
  }

  private static boolean isHidden(Sessions sessions) {
    return sessions.client().isEmpty() && sessions.state().isEmpty();
  }

  private boolean isMember(Sessions sessions) {
    return members.filter(hba -> hba.isMember(sessions.role(), ROLE)).isPresent();
  }

  private boolean isOfWatcher(Sessions sessions, PostgresActivity activity, boolean named) {
    return (isMember(sessions) && (named || !mayDoTheWork(sessions, activity)))
        || (sessions.database().equals(MAINTENANCE) && worksElsewhere(activity));
  }

  /// Whether a role could be the application's: in the database that is asked or written most, it
  /// has as many sessions as all who are not in the role of those who watch.
  private boolean mayDoTheWork(Sessions sessions, PostgresActivity activity) {
    String database = sessions.database();
    if (!busiest(activity).equals(Optional.of(database))
        && !mostWritten().equals(Optional.of(database))) {
      return false;
    }
    int others = 0;
    int own = 0;
    for (Sessions each : activity.sessions()) {
      if (each.database().equals(database)) {
        own += each.role().equals(sessions.role()) ? each.count() : 0;
        others += isMember(each) ? 0 : each.count();
      }
    }
    return own >= others;
  }

  /// By all that it counted; `postgres` only where there is no other, and something was written.
  private static Optional<String> busiest(PostgresActivity activity) {
    boolean alone =
        Stream.concat(
                activity.databases().stream().map(DatabaseCounters::name),
                activity.sessions().stream().map(Sessions::database))
            .allMatch(name -> name.equals(MAINTENANCE) || TEMPLATES.contains(name));
    return most(
        activity.databases().stream()
            .filter(database ->
                !database.name().equals(MAINTENANCE) || (alone && database.rowsWritten() > 0))
            .toList(),
        DatabaseCounters::commits);
  }

  /// Within the window; nothing where nothing was written.
  private Optional<String> mostWritten() {
    if (activities.size() < 2) {
      return Optional.empty();
    }
    Map<String, Long> before =
        activities.getFirst().databases().stream()
            .collect(
                Collectors.toMap(
                    DatabaseCounters::name, DatabaseCounters::rowsWritten, (one, _) -> one));
    return most(
        activities.getLast().databases(),
        database -> database.rowsWritten() - before.getOrDefault(database.name(), 0L));
  }

  private static Optional<String> most(
      List<DatabaseCounters> databases, ToLongFunction<DatabaseCounters> work) {
    return databases.stream()
        .filter(database -> !TEMPLATES.contains(database.name()) && work.applyAsLong(database) > 0)
        .max(Comparator.comparingLong(work))
        .map(DatabaseCounters::name);
  }

  /// Whether more rows were written in other databases than in `postgres`: an application may have
  /// its tables there.
  private static boolean worksElsewhere(PostgresActivity activity) {
    return written(activity, false) > written(activity, true);
  }

  private static long written(PostgresActivity activity, boolean maintenance) {
    return activity.databases().stream()
        .filter(database -> !TEMPLATES.contains(database.name()))
        .filter(database -> database.name().equals(MAINTENANCE) == maintenance)
        .mapToLong(DatabaseCounters::rowsWritten)
        .sum();
  }
}

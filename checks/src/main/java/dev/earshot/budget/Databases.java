package dev.earshot.budget;

import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the server at the far end of a flow.
public final class Databases {

  private Databases() {}

  public static Optional<HostEvidence> server(Topology topology, Flow flow) {
    return topology.fleet().host(flow.to());
  }

  /// A pooler whose own flow is not seen stands for the one server of its host.
  public static Optional<PostgresSettings> settings(Topology topology, Flow flow) {
    return server(topology, flow)
        .flatMap(host -> host.postgres().collected())
        .flatMap(all ->
            flow.isPooled() && all.size() == 1
                ? Optional.of(all.getFirst())
                : PostgresServer.at(flow.port(), all, PostgresSettings::server));
  }

  /// The sessions at the end of the window.
  public static Optional<PostgresActivity> activity(Topology topology, Flow flow) {
    return server(topology, flow).flatMap(host -> activity(host, which(topology, flow)));
  }

  /// The sessions of one of a host's servers.
  public static Optional<PostgresActivity> activity(HostEvidence host, PostgresServer server) {
    return host.postgresActivity().latest().collected().stream()
        .flatMap(List::stream)
        .filter(activity -> activity.server().equals(server))
        .findFirst();
  }

  /// How many of a client's sessions were executing, or in an open transaction, at the beginning
  /// and at the end of the window: the fewer of both. None where the server names none from there.
  static int busySessions(Topology topology, Flow flow) {
    PostgresServer server = which(topology, flow);
    return server(topology, flow)
        .flatMap(host -> host.postgresActivity().change().collected())
        .map(change ->
            Stream.of(change.before(), change.after())
                .mapToInt(servers ->
                    servers.stream()
                        .filter(activity -> activity.server().equals(server))
                        .flatMap(activity -> own(topology, flow, activity).stream())
                        .filter(Sessions::isAtWork)
                        .mapToInt(Sessions::count)
                        .sum())
                .min()
                .orElse(0))
        .orElse(0);
  }

  private static List<Sessions> own(Topology topology, Flow flow, PostgresActivity activity) {
    return activity.sessions().stream()
        .filter(sessions ->
            sessions
                .client()
                .flatMap(client -> topology.book().owner(client, flow.to()))
                .filter(flow.from()::equals)
                .isPresent())
        .toList();
  }

  static Optional<DatabaseWork> work(Topology topology, Flow flow) {
    return server(topology, flow).map(host -> new DatabaseWork(host, which(topology, flow)));
  }

  static Optional<StandbyWait> standbyWait(Topology topology, Flow flow) {
    return settings(topology, flow)
        .flatMap(settings ->
            activity(topology, flow)
                .flatMap(activity -> StandbyWait.of(topology, flow.to(), settings, activity)));
  }

  /// Whether two flows ask the same server; those of a pooler's clients by its port alone.
  static boolean askTheSame(Topology topology, Flow a, Flow b) {
    return a.to().equals(b.to())
        && (a.port() == b.port()
            || (!a.isPooled() && !b.isPooled() && which(topology, a).equals(which(topology, b))));
  }

  /// The server at the far end, as its settings tell it, else by the port alone.
  static PostgresServer which(Topology topology, Flow flow) {
    return settings(topology, flow)
        .map(PostgresSettings::server)
        .orElseGet(() -> PostgresServer.onHost(flow.port()));
  }

  /// What `synchronous_commit` is for the sessions that a client holds; for all of the server's
  /// where the server names none from there.
  public static List<CommitSetting> commitSettings(Topology topology, Flow flow) {
    Optional<PostgresActivity> activity = activity(topology, flow);
    List<Sessions> own = activity.map(all -> own(topology, flow, all)).orElse(List.of());
    return settings(topology, flow)
        .map(settings ->
            own.isEmpty()
                ? CommitSetting.of(settings, activity)
                : own.stream()
                    .map(sessions ->
                        CommitSetting.effective(settings, sessions.role(), sessions.database()))
                    .distinct()
                    .toList())
        .orElse(List.of());
  }
}

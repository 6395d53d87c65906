package dev.earshot.budget;

import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import java.util.List;
import java.util.Optional;

/// Finds the server at the far end of a flow.
public final class Databases {

  private Databases() {}

  public static Optional<HostEvidence> server(Topology topology, Flow flow) {
    return topology.fleet().hosts().stream()
        .filter(host -> host.name().equals(flow.to()))
        .findFirst();
  }

  public static Optional<PostgresSettings> settings(Topology topology, Flow flow) {
    return server(topology, flow)
        .flatMap(host -> host.postgres().collected())
        .flatMap(all -> all.stream().filter(one -> one.port() == flow.port()).findFirst());
  }

  public static Optional<PostgresActivity> activity(Topology topology, Flow flow) {
    return server(topology, flow).flatMap(host -> DatabaseWork.latest(host, flow.port()));
  }

  /// What `synchronous_commit` is for the sessions that a client holds; for all of the server's
  /// where the server names none from there.
  public static List<CommitSetting> commitSettings(Topology topology, Flow flow) {
    Optional<PostgresActivity> activity = activity(topology, flow);
    List<Sessions> own =
        activity.map(PostgresActivity::sessions).orElse(List.of()).stream()
            .filter(sessions ->
                sessions
                    .client()
                    .flatMap(client -> topology.book().owner(client, flow.to()))
                    .filter(flow.from()::equals)
                    .isPresent())
            .toList();
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

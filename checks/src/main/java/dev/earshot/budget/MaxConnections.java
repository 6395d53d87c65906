package dev.earshot.budget;

import dev.earshot.budget.Suspect.Judgement;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import java.util.Optional;

/// Whether a path's database has connections to spare.
final class MaxConnections {

  private static final String ID = "connections";
  private static final String TITLE = "max_connections";

  /// From this share of them on, the next burst may not get in.
  private static final Percent MANY = new Percent(70);

  private MaxConnections() {}

  static Suspect suspect(Topology topology, RequestPath path) {
    Optional<PostgresActivity> activity =
        Databases.activity(topology, path.lastLeg()).filter(PostgresActivity::showsStates);
    Optional<Integer> limit =
        Databases.settings(topology, path.lastLeg()).flatMap(PostgresSettings::ordinaryConnections);
    if (activity.isEmpty() || limit.isEmpty()) {
      return new Suspect(ID, TITLE, Judgement.UNKNOWN, "the sessions could not be read");
    }
    long used = activity.get().sessionCount();
    return new Suspect(
        ID,
        TITLE,
        used >= limit.get() * MANY.ratio() ? Judgement.PART : Judgement.CLEARED,
        "%d of the %d connections that ordinary roles may have are in use"
            .formatted(used, limit.get()));
  }
}

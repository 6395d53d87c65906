package dev.earshot.budget;

import dev.earshot.budget.Suspect.Judgement;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.Sessions;
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
        Databases.settings(topology, path.lastLeg())
            .flatMap(settings -> settings.count("max_connections"));
    if (activity.isEmpty() || limit.isEmpty()) {
      return new Suspect(ID, TITLE, Judgement.UNKNOWN, "the sessions could not be read");
    }
    int waiting =
        activity.get().sessions().stream()
            .filter(sessions -> sessions.waitsFor().equals("Lock"))
            .mapToInt(Sessions::count)
            .sum();
    long used = activity.get().sessionCount();
    boolean scarce = waiting > 0 || used >= limit.get() * MANY.ratio();
    return new Suspect(
        ID,
        TITLE,
        scarce ? Judgement.PART : Judgement.CLEARED,
        "%d of max_connections = %d in use, %d waiting for a lock"
            .formatted(used, limit.get(), waiting));
  }
}

package dev.earshot.collect;

import dev.earshot.connection.Route;
import dev.earshot.evidence.CustomQuestion;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.postgres.PostgresServer;
import java.util.List;
import java.util.Optional;

/// A host to ask, and the way to it.
///
/// @param postgres how its PostgreSQL lets us in, beside what its shell can ask
/// @param custom what the admin wants it asked beside the probes
public record Target(
    InventoryHost host,
    Route route,
    Optional<PostgresServer> postgres,
    List<CustomQuestion> custom) {

  public Target {
    custom = List.copyOf(custom);
  }

  /// One that is asked what every host is asked.
  public Target(InventoryHost host, Route route, Optional<PostgresServer> postgres) {
    this(host, route, postgres, List.of());
  }

  /// The same, which is asked this, too.
  public Target asked(List<CustomQuestion> questions) {
    return new Target(host, route, postgres, questions);
  }
}

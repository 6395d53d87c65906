package dev.earshot.collect;

import dev.earshot.connection.Route;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.postgres.PostgresServer;
import java.util.Optional;

/// A host to ask, and the way to it.
///
/// @param postgres how its PostgreSQL lets us in, beside what its shell can ask
public record Target(InventoryHost host, Route route, Optional<PostgresServer> postgres) {}

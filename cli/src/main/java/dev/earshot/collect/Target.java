package dev.earshot.collect;

import dev.earshot.connection.Route;
import dev.earshot.evidence.InventoryHost;

/// A host to ask, and the way to it.
public record Target(InventoryHost host, Route route) {}

package dev.earshot.inventory;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;

/// A host while the sources are being read. Nodes are equal only to themselves.
final class HostNode {

  final String name;
  final Location declared;

  /// The groups that name it themselves.
  final Set<GroupNode> groups = new LinkedHashSet<>();

  final LinkedHashMap<String, Variable> variables = new LinkedHashMap<>();

  HostNode(String name, Location declared) {
    this.name = name;
    this.declared = declared;
  }
}

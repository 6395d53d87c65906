package dev.earshot.inventory;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// A group while the sources are being read. Nodes are equal only to themselves.
final class GroupNode {

  final String name;
  final Optional<Location> declared;
  final Set<GroupNode> parents = new LinkedHashSet<>();
  final Set<GroupNode> children = new LinkedHashSet<>();
  final Set<HostNode> hosts = new LinkedHashSet<>();
  final LinkedHashMap<String, Variable> variables = new LinkedHashMap<>();
  int priority = 1;

  GroupNode(String name, Optional<Location> declared) {
    this.name = name;
    this.declared = declared;
  }

  boolean isBelow(GroupNode other) {
    return !parents.isEmpty() && !other.children.isEmpty() && ancestors().contains(other);
  }

  /// All groups above this one, each once.
  Set<GroupNode> ancestors() {
    var ancestors = new LinkedHashSet<GroupNode>();
    var waiting = new ArrayDeque<>(parents);
    while (!waiting.isEmpty()) {
      var group = waiting.remove();
      if (ancestors.add(group)) {
        waiting.addAll(group.parents);
      }
    }
    return ancestors;
  }
}

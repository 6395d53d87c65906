package dev.earshot.inventory.listing;

import dev.earshot.inventory.Group;
import dev.earshot.inventory.Host;
import java.util.HashSet;
import java.util.Set;

/// The shape of YAML inventories: groups within groups. A group is repeated below each of its
/// parents, but a host has its variables only where it comes first.
final class YamlTree {

  private final Shown shown;
  private final Set<Host> seen = new HashSet<>();

  private YamlTree(Shown shown) {
    this.shown = shown;
  }

  static Node of(Shown shown) {
    GroupBounds.check(shown.inventory());
    var root = Node.Branch.empty();
    shown
        .inventory()
        .group(Group.ALL)
        .map(new YamlTree(shown)::group)
        .ifPresent(all -> root.entries().put(Group.ALL, () -> all));
    return root;
  }

  private Node group(Group group) {
    var children = Node.Branch.empty();
    for (var child : shown.children(group)) {
      var below = group(child);
      children.entries().put(child.name(), () -> below);
    }
    var hosts = Node.Branch.empty();
    if (!group.name().equals(Group.ALL)) {
      for (var host : shown.hosts(group)) {
        boolean first = seen.add(host);
        hosts
            .entries()
            .put(
                host.name(),
                () -> first ? Shown.branch(shown.variables(host)) : Node.Branch.empty());
      }
    }
    var branch = Node.Branch.empty();
    branch.addUnlessEmpty("children", children);
    branch.addUnlessEmpty("hosts", hosts);
    if (shown.export()) {
      branch.addUnlessEmpty("vars", Shown.branch(shown.variables(group)));
    }
    return branch;
  }
}

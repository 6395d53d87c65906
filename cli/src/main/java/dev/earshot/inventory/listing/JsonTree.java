package dev.earshot.inventory.listing;

import dev.earshot.inventory.Group;
import dev.earshot.python.Value;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;

/// The shape in which inventory scripts answer: each group by itself, and all variables of hosts
/// below `_meta`.
final class JsonTree {

  private JsonTree() {}

  static Node of(Shown shown) {
    var root = Node.Branch.empty();
    var seen = new HashSet<String>();
    var waiting = new ArrayDeque<Group>();
    shown.inventory().group(Group.ALL).ifPresent(waiting::push);
    while (!waiting.isEmpty()) {
      var group = waiting.pop();
      if (seen.add(group.name())) {
        root.addUnlessEmpty(group.name(), group(group, shown));
        shown.children(group).reversed().forEach(waiting::push);
      }
    }
    var meta = Node.Branch.empty();
    var hostVariables = hostVariables(shown);
    meta.entries().put("hostvars", () -> hostVariables);
    root.entries().put("_meta", () -> meta);
    return root;
  }

  private static Node group(Group group, Shown shown) {
    var branch = Node.Branch.empty();
    if (!group.name().equals(Group.ALL)) {
      branch.addUnlessEmpty(
          "hosts", names(shown.hosts(group).stream().map(host -> host.name()).toList()));
    }
    branch.addUnlessEmpty("children", names(group.children()));
    if (shown.export()) {
      branch.addUnlessEmpty("vars", Shown.branch(shown.variables(group)));
    }
    return branch;
  }

  private static Node hostVariables(Shown shown) {
    var branch = Node.Branch.empty();
    for (var host : shown.hosts()) {
      if (!shown.isBare(host)) {
        branch.entries().put(host.name(), () -> Shown.branch(shown.variables(host)));
      }
    }
    return branch;
  }

  private static Node names(Collection<String> names) {
    return new Node.Leaf(new Value.Sequence(names.stream().<Value>map(Value.Text::new).toList()));
  }
}

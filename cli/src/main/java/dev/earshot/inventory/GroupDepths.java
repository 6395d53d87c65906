package dev.earshot.inventory;

import dev.earshot.python.PythonText;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// How deep each group stands: steps from `all` on the longest way.
final class GroupDepths {

  private final GroupNode all;
  private final Map<GroupNode, Integer> depths = new HashMap<>();

  /// A group is numbered once all its parents are.
  GroupDepths(GroupNode all) {
    this.all = all;
    depths.put(all, 0);
    var parentsLeft = new HashMap<GroupNode, Integer>();
    var waiting = new ArrayDeque<>(List.of(all));
    while (!waiting.isEmpty()) {
      var group = waiting.remove();
      int below = of(group) + 1;
      for (var child : group.children) {
        depths.merge(child, below, Math::max);
        if (parentsLeft.merge(child, child.parents.size() - 1, (left, _) -> left - 1) == 0) {
          waiting.add(child);
        }
      }
    }
  }

  int of(GroupNode group) {
    return depths.getOrDefault(group, 0);
  }

  /// These groups and all above them but `all`, weakest first: by depth, priority and name.
  List<GroupNode> ranked(Collection<GroupNode> groups) {
    var closure = new LinkedHashSet<>(groups);
    groups.forEach(group -> closure.addAll(group.ancestors()));
    closure.remove(all);
    return closure.stream()
        .sorted(
            Comparator.comparingInt(this::of)
                .thenComparingInt(group -> group.priority)
                .thenComparing(group -> group.name, PythonText.ORDER))
        .toList();
  }
}

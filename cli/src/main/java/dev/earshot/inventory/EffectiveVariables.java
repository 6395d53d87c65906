package dev.earshot.inventory;

import dev.earshot.python.PythonText;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Merges variables in Ansible's default order: `all`, then groups by depth, priority and name, all
/// from the sources; the same again from `group_vars/`, source by source; then the host's own, then
/// its `host_vars/`. Whole values replace each other; mappings are not merged.
final class EffectiveVariables {

  private record OfGroups(List<String> names, Map<String, Variable> variables) {}

  private final List<Path> directories;
  private final VarsFiles files;
  private final GroupNode all;
  private final Map<GroupNode, Integer> depths;
  private final Map<Set<GroupNode>, OfGroups> merged = new HashMap<>();

  /// @param directories where the sources stand, in the order of the sources
  EffectiveVariables(GroupNode all, List<Path> directories, VarsFiles files) {
    this.all = all;
    this.depths = depths(all);
    this.directories = List.copyOf(directories);
    this.files = files;
  }

  Host host(HostNode node) {
    var groups = merged.computeIfAbsent(Set.copyOf(node.groups), this::merge);
    var variables = new LinkedHashMap<>(groups.variables());
    variables.putAll(node.variables);
    for (var directory : directories) {
      variables.putAll(files.variables(directory.resolve("host_vars"), node.name));
    }
    return new Host(node.name, groups.names(), variables, node.declared);
  }

  Group group(GroupNode node) {
    var variables = new LinkedHashMap<>(node.variables);
    for (var directory : directories) {
      variables.putAll(fromFiles(directory, node));
    }
    return new Group(
        node.name,
        node.hosts.stream().map(host -> host.name).toList(),
        node.children.stream().map(child -> child.name).toList(),
        variables,
        node.priority,
        depth(node),
        node.declared);
  }

  private OfGroups merge(Set<GroupNode> direct) {
    var closure = new LinkedHashSet<>(direct);
    direct.forEach(group -> closure.addAll(group.ancestors()));
    closure.remove(all);
    var groups =
        closure.stream()
            .sorted(
                Comparator.comparingInt(this::depth)
                    .thenComparingInt(group -> group.priority)
                    .thenComparing(group -> group.name, PythonText.ORDER))
            .toList();
    var variables = new LinkedHashMap<>(all.variables);
    groups.forEach(group -> variables.putAll(group.variables));
    directories.forEach(directory -> variables.putAll(fromFiles(directory, all)));
    for (var directory : directories) {
      groups.forEach(group -> variables.putAll(fromFiles(directory, group)));
    }
    return new OfGroups(
        groups.stream().map(group -> group.name).sorted(PythonText.ORDER).toList(), variables);
  }

  private Map<String, Variable> fromFiles(Path directory, GroupNode group) {
    return files.variables(directory.resolve("group_vars"), group.name);
  }

  private int depth(GroupNode group) {
    return depths.getOrDefault(group, 0);
  }

  /// Steps from the top on the longest way: a group is numbered once all its parents are.
  private static Map<GroupNode, Integer> depths(GroupNode all) {
    var parentsLeft = new HashMap<GroupNode, Integer>();
    var depths = new HashMap<GroupNode, Integer>(Map.of(all, 0));
    var waiting = new ArrayDeque<>(List.of(all));
    while (!waiting.isEmpty()) {
      var group = waiting.remove();
      int below = depths.getOrDefault(group, 0) + 1;
      for (var child : group.children) {
        depths.merge(child, below, Math::max);
        if (parentsLeft.merge(child, child.parents.size() - 1, (left, _) -> left - 1) == 0) {
          waiting.add(child);
        }
      }
    }
    return depths;
  }
}

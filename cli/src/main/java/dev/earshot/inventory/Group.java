package dev.earshot.inventory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A group of the inventory.
///
/// @param hosts names of the hosts that it holds itself, not through children
/// @param children names of its child groups
/// @param variables its own, from the inventory and from `group_vars/`
/// @param priority `ansible_group_priority`: of groups equally deep, the highest wins
/// @param depth steps from `all` on the longest way: the deeper group wins
/// @param declared the line that first named it; absent for `all` and `ungrouped`, which always
///   exist
public record Group(
    String name,
    List<String> hosts,
    List<String> children,
    SequencedMap<String, Variable> variables,
    int priority,
    int depth,
    Optional<Location> declared) {

  public static final String ALL = "all";
  public static final String UNGROUPED = "ungrouped";

  public Group {
    hosts = List.copyOf(hosts);
    children = List.copyOf(children);
    variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
  }
}

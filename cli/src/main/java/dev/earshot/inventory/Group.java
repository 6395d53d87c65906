package dev.earshot.inventory;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A group of the inventory. Its variables are read when they are asked for.
public final class Group {

  public static final String ALL = "all";
  public static final String UNGROUPED = "ungrouped";

  private final GroupNode node;
  private final EffectiveVariables effective;

  Group(GroupNode node, EffectiveVariables effective) {
    this.node = node;
    this.effective = effective;
  }

  public String name() {
    return node.name;
  }

  /// Names of the hosts that it holds itself, not through children.
  public List<String> hosts() {
    return node.hosts.stream().map(host -> host.name).toList();
  }

  /// Names of its child groups.
  public List<String> children() {
    return node.children.stream().map(child -> child.name).toList();
  }

  /// Names of the groups right above it.
  public List<String> parents() {
    return node.parents.stream().map(parent -> parent.name).toList();
  }

  /// Its own variables, from the sources and from `group_vars/`.
  public SequencedMap<String, Variable> variables() {
    return Collections.unmodifiableSequencedMap(effective.ofGroupAlone(node));
  }

  /// `ansible_group_priority`: of groups equally deep, the highest wins.
  public int priority() {
    return node.priority;
  }

  /// Steps from `all` on the longest way: the deeper group wins.
  public int depth() {
    return effective.depth(node);
  }

  /// The line that first named it; absent for `all` and `ungrouped`, which always exist.
  public Optional<Location> declared() {
    return node.declared;
  }

  @Override
  public String toString() {
    return "Group[" + node.name + "]";
  }
}

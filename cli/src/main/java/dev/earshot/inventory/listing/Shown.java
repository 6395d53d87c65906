package dev.earshot.inventory.listing;

import dev.earshot.inventory.Group;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.Inventory;
import dev.earshot.inventory.Variable;
import dev.earshot.python.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What of an inventory is shown. It has to be [#read] before it is written.
public final class Shown {

  /// Variables that Ansible sets by itself; it leaves them out even where somebody else set them.
  private static final Set<String> INTERNAL =
      Set.of(
          "ansible_config_file",
          "ansible_diff_mode",
          "ansible_facts",
          "ansible_forks",
          "ansible_inventory_sources",
          "ansible_limit",
          "ansible_playbook_python",
          "ansible_run_tags",
          "ansible_skip_tags",
          "ansible_verbosity",
          "ansible_version",
          "group_names",
          "groups",
          "inventory_dir",
          "inventory_file",
          "inventory_hostname",
          "inventory_hostname_short",
          "omit",
          "playbook_dir");

  private final Inventory inventory;
  private final Set<Host> hosts;
  private final boolean export;

  /// Hosts whose variables stay in memory between reading and writing. Those of a larger fleet take
  /// more of it than its output, and are put together twice.
  private static final int KEPT = 20_000;

  private static final int KEPT_WITH_FACTS = 500;

  private final Map<Host, Map<String, Value>> kept = new HashMap<>();
  private final Set<Host> bare = new HashSet<>();
  private boolean sortable = true;

  /// @param hosts in the order of the pattern that chose them
  /// @param export each host and group with what is set for itself, instead of hosts with
  ///   everything that holds for them
  public Shown(Inventory inventory, Set<Host> hosts, boolean export) {
    this.inventory = inventory;
    this.hosts = hosts;
    this.export = export;
  }

  /// Reads what will be shown, so that everything that is wrong with it is known before anything is
  /// written.
  ///
  /// @param ofGroups whether variables of groups are shown, too
  public void read(boolean ofGroups) {
    int most = inventory.hasCachedFacts() && !export ? KEPT_WITH_FACTS : KEPT;
    for (var host : hosts) {
      var values = variables(host);
      if (kept.size() < most) {
        kept.put(host, values);
      }
      check(values);
      if (values.isEmpty()) {
        bare.add(host);
      }
    }
    if (ofGroups) {
      for (var group : inventory.groups()) {
        check(variables(group));
      }
    }
  }

  private void check(Map<String, Value> values) {
    for (var value : values.values()) {
      sortable &= value instanceof Value.Text || Keys.sortable(value);
    }
  }

  Inventory inventory() {
    return inventory;
  }

  Set<Host> hosts() {
    return hosts;
  }

  boolean export() {
    return export;
  }

  /// True if every mapping that was read has keys with an order.
  boolean isSortable() {
    return sortable;
  }

  /// True if the host was read and has no variables.
  boolean isBare(Host host) {
    return bare.contains(host);
  }

  Map<String, Value> variables(Host host) {
    var known = kept.get(host);
    return known != null ? known : values(export ? host.ownVariables() : host.variables());
  }

  Map<String, Value> variables(Group group) {
    var values = values(group.variables());
    if (group.priority() != 1) {
      values.put("ansible_group_priority", new Value.Whole(group.priority()));
    }
    return values;
  }

  /// The group's own hosts, as far as they are shown.
  List<Host> hosts(Group group) {
    var own = new ArrayList<Host>();
    for (var name : group.hosts()) {
      inventory.host(name).filter(hosts::contains).ifPresent(own::add);
    }
    return own;
  }

  List<Group> children(Group group) {
    return group.children().stream().flatMap(name -> inventory.group(name).stream()).toList();
  }

  private static Map<String, Value> values(Map<String, Variable> variables) {
    var values = new LinkedHashMap<String, Value>();
    for (var variable : variables.entrySet()) {
      if (!INTERNAL.contains(variable.getKey())) {
        values.put(variable.getKey(), variable.getValue().value());
      }
    }
    return values;
  }

  static Node.Branch branch(Map<String, Value> values) {
    var branch = Node.Branch.empty();
    values.forEach((name, value) -> branch.entries().put(name, () -> new Node.Leaf(value)));
    return branch;
  }
}

package dev.earshot.inventory;

import dev.earshot.python.PythonNumbers;
import dev.earshot.python.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// What all sources say together: each source adds to it, in the order of the `-i` options, and may
/// use the groups of the sources before it.
final class InventoryData {

  /// Far above any fleet; keeps a hostile file from costing hours.
  private static final int MAX_GROUPS = 10_000;

  private final LinkedHashMap<String, GroupNode> groups = new LinkedHashMap<>();
  private final LinkedHashMap<String, HostNode> hosts = new LinkedHashMap<>();
  private final LinkedHashSet<Path> directories = new LinkedHashSet<>();
  private final HostRange ranges = new HostRange();
  private final ReadSettings settings;
  private final Problems problems;
  private final Combination combination;
  private boolean saidInvalid;

  InventoryData(ReadSettings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
    this.combination = new Combination(settings.mergesMappings());
    for (var name : List.of(Group.ALL, Group.UNGROUPED)) {
      groups.put(name, new GroupNode(name, Optional.empty()));
    }
    link(group(Group.ALL), group(Group.UNGROUPED));
  }

  Problems problems() {
    return problems;
  }

  /// The file is read: from now on `group_vars/` and `host_vars/` beside it may be asked for.
  void addDirectory(Path directory) {
    directories.add(directory);
  }

  /// Where the files that were read so far stand, in their order.
  Collection<Path> directories() {
    return directories;
  }

  SequencedMap<String, GroupNode> groups() {
    return groups;
  }

  SequencedMap<String, HostNode> hosts() {
    return hosts;
  }

  boolean hasGroup(String name) {
    return groups.containsKey(name);
  }

  /// Adds a group unless it is there already.
  ///
  /// @return the name that it got: some settings replace what doesn't belong into one
  String addGroup(String raw, Location where) {
    if (groups.containsKey(raw)) {
      return raw;
    }
    var name = groupName(raw, where);
    if (groups.size() == MAX_GROUPS) {
      problems.error(
          Location.of(where.file()),
          "the inventory has more than %,d groups".formatted(MAX_GROUPS),
          "split it and audit the parts on their own");
    }
    if (groups.size() <= MAX_GROUPS) {
      groups.computeIfAbsent(name, key -> new GroupNode(key, Optional.of(where)));
    }
    return name;
  }

  /// The name that a group with this name in a file has, said once if it is another one or should
  /// be.
  String groupName(String raw, Location where) {
    var safe = GroupNames.safe(raw);
    if (safe.equals(raw)) {
      return raw;
    }
    boolean replaced =
        switch (settings.groupNames()) {
          case ALWAYS, SILENTLY -> true;
          case NEVER, IGNORE -> false;
        };
    boolean said =
        switch (settings.groupNames()) {
          case ALWAYS, NEVER -> true;
          case SILENTLY, IGNORE -> false;
        };
    if (said && !saidInvalid) {
      saidInvalid = true;
      problems.warning(
          where,
          replaced
              ? "group %s is called %s, as variables in templates must be".formatted(raw, safe)
              : "%s and perhaps other groups have names that no variable could have".formatted(raw),
          replaced ? "rename it" : "write %s, or set force_valid_group_names".formatted(safe));
    }
    return replaced ? safe : raw;
  }

  /// Makes one group the child of another, unless that closes a circle, which is reported.
  void addChild(String parentName, String childName, Location where) {
    var parent = groups.get(parentName);
    var child = groups.get(childName);
    if (parent == null || child == null || parent.children.contains(child)) {
      return;
    }
    if (childName.equals(Group.ALL)) {
      problems.error(
          where,
          "all is made a child of " + parentName + ", but it holds every group",
          "remove this line; " + parentName + " is below all without it");
    } else if (parent == child || parent.isBelow(child)) {
      problems.error(
          where,
          parent == child
              ? "group %s is made a child of itself".formatted(childName)
              : "group %s is made a child of %s, which is already below it"
                  .formatted(childName, parentName),
          "remove this line or the one that puts %s under %s".formatted(parentName, childName));
    } else {
      link(parent, child);
    }
  }

  /// Adds the hosts that a pattern such as `web[1:3]:2222` names; without ranges it names one. The
  /// port counts only where a host is named for the first time, as for Ansible.
  List<String> addHosts(String pattern, String group, Location where) {
    var names = HostNames.expand(pattern, ranges, where, problems);
    var port =
        pattern.indexOf(':') < 0
            ? Optional.<BigInteger>empty()
            : HostAddress.parse(pattern, true).flatMap(HostAddress::port);
    names.forEach(name -> addHost(name, port, group, where));
    return names;
  }

  /// The names that a pattern with ranges stands for; only the text itself if they are malformed.
  List<String> expanded(String pattern, String text) {
    try {
      return ranges.expand(pattern);
    } catch (HostRange.Malformed _) {
      return List.of(text);
    }
  }

  /// Adds a host by its name, in which nothing is expanded.
  void addHost(String name, Optional<BigInteger> port, String groupName, Location where) {
    var host = hosts.computeIfAbsent(name, key -> newHost(key, port, where));
    var group = groups.get(groupName);
    if (group != null) {
      host.groups.add(group);
      group.hosts.add(host);
    }
  }

  private static HostNode newHost(String name, Optional<BigInteger> port, Location where) {
    var host = new HostNode(name, where);
    port.filter(number -> number.signum() != 0)
        .map(number -> new Variable(new Value.Whole(number), where))
        .ifPresent(variable -> host.variables.put("ansible_port", variable));
    return host;
  }

  /// Sets a variable of a group or a host. If both have this name it is the group's, as for
  /// Ansible.
  void setVariable(String owner, String key, Variable variable) {
    var group = groups.get(owner);
    if (group == null) {
      Optional.ofNullable(hosts.get(owner))
          .ifPresent(host -> combination.add(host.variables, Map.of(key, variable)));
    } else if (key.equals("ansible_group_priority")) {
      setPriority(group, variable);
    } else {
      combination.add(group.variables, Map.of(key, variable));
    }
  }

  private void setPriority(GroupNode group, Variable variable) {
    var number =
        switch (variable.value()) {
          case Value.Whole(var whole) -> Optional.of(whole);
          case Value.Text(var text, _) -> PythonNumbers.parseInt(text);
          case Value.Bool(var truth) -> Optional.of(truth ? BigInteger.ONE : BigInteger.ZERO);
          case Value.Real(var real) when Double.isFinite(real) ->
              Optional.of(BigDecimal.valueOf(real).toBigInteger());
          case Value _ -> Optional.<BigInteger>empty();
        };
    number
        .filter(whole -> whole.bitLength() < Integer.SIZE)
        .ifPresentOrElse(
            whole -> group.priority = whole.intValue(),
            () ->
                problems.error(
                    variable.origin(),
                    "ansible_group_priority must be a whole number but is "
                        + variable.value().kind(),
                    "write a number such as 10; the higher one wins"));
  }

  /// Puts every group below `all`, and every host that no other group holds, and only those, into
  /// `ungrouped`. To be called once, after all sources.
  void reconcile() {
    var all = group(Group.ALL);
    var ungrouped = group(Group.UNGROUPED);
    for (var group : groups.values()) {
      if (group != all && group.parents.isEmpty()) {
        link(all, group);
      }
    }
    for (var host : hosts.values()) {
      boolean belongsSomewhere =
          host.groups.stream().anyMatch(group -> group != all && group != ungrouped)
              || (host.groups.contains(ungrouped) && ungrouped.ancestors().size() > 1);
      if (belongsSomewhere) {
        leaveUngrouped(host);
      } else if (host.groups.add(ungrouped)) {
        ungrouped.hosts.add(host);
      }
      if (groups.containsKey(host.name)) {
        problems.warning(
            host.declared,
            "%s is the name of a host and of a group".formatted(host.name),
            "rename one of them: variables and patterns for it mean the group");
      }
    }
  }

  Set<GroupNode> childrenOfAll() {
    return Set.copyOf(group(Group.ALL).children);
  }

  /// Takes groups from below `all` that nothing else holds, for [#reconcile] to put them back in
  /// the order of all sources.
  ///
  /// @param kept groups that stay
  void releaseFromAll(Set<GroupNode> kept) {
    var all = group(Group.ALL);
    all.children.removeIf(child -> {
      boolean released = !kept.contains(child) && child.parents.equals(Set.of(all));
      return released && child.parents.remove(all);
    });
  }

  /// With `ungrouped`, the host leaves the groups above it, even one that names the host itself: as
  /// for Ansible, their lists keep it, but it no longer has their variables unless another of its
  /// groups is below them.
  private void leaveUngrouped(HostNode host) {
    var ungrouped = group(Group.UNGROUPED);
    if (!host.groups.remove(ungrouped)) {
      return;
    }
    ungrouped.hosts.remove(host);
    var above = ungrouped.ancestors();
    above.remove(group(Group.ALL));
    host.groups.removeAll(above);
  }

  private static void link(GroupNode parent, GroupNode child) {
    parent.children.add(child);
    child.parents.add(parent);
  }

  private GroupNode group(String name) {
    return Objects.requireNonNull(groups.get(name));
  }
}

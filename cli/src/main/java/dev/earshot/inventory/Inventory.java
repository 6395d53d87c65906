package dev.earshot.inventory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Hosts and groups, each in the order in which the sources first name them. Groups always include
/// `all` and `ungrouped`.
public record Inventory(
    SequencedMap<String, Host> hostsByName, SequencedMap<String, Group> groupsByName) {

  public Inventory {
    hostsByName = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hostsByName));
    groupsByName = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(groupsByName));
  }

  public List<Host> hosts() {
    return List.copyOf(hostsByName.values());
  }

  public List<Group> groups() {
    return List.copyOf(groupsByName.values());
  }

  public Optional<Host> host(String name) {
    return Optional.ofNullable(hostsByName.get(name));
  }

  public Optional<Group> group(String name) {
    return Optional.ofNullable(groupsByName.get(name));
  }

  /// The hosts of a group and of all its descendants, each once: the group's own first, then its
  /// children's in order, then its grandchildren's. Ansible leaves the order below the children to
  /// chance; this is one of its orders. An unknown group has no hosts.
  public List<Host> hostsOf(String group) {
    var seen = new LinkedHashSet<String>();
    seen.add(group);
    var hosts = new LinkedHashMap<String, Host>();
    for (var level = List.of(group); !level.isEmpty(); level = nextLevel(level, seen)) {
      for (var name : level) {
        group(name).stream()
            .flatMap(each -> each.hosts().stream())
            .flatMap(host -> host(host).stream())
            .forEach(host -> hosts.putIfAbsent(host.name(), host));
      }
    }
    return List.copyOf(hosts.values());
  }

  private List<String> nextLevel(List<String> level, LinkedHashSet<String> seen) {
    var next = new ArrayList<String>();
    for (var name : level) {
      for (var child : group(name).map(Group::children).orElse(List.of())) {
        if (seen.add(child)) {
          next.add(child);
        }
      }
    }
    return next;
  }
}

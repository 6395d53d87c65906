package dev.earshot.inventory;

import dev.earshot.python.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// Hosts and groups, each in the order in which the sources first name them. Groups always include
/// `all` and `ungrouped`. To be used by one thread, as variables are put together on demand.
public final class Inventory {

  private final LinkedHashMap<String, Host> hosts = new LinkedHashMap<>();
  private final LinkedHashMap<String, Group> groups = new LinkedHashMap<>();
  private final EffectiveVariables effective;
  private final VarsFiles files;
  private final CachedFacts facts;
  private final Path play;
  private Optional<Value> groupsVariable = Optional.empty();

  Inventory(InventoryData data, List<Path> directories, InventoryRequest request) {
    var all = data.groups().get(Group.ALL);
    this.files = new VarsFiles(request.settings(), request.vault());
    this.facts = new CachedFacts(request.settings().facts());
    this.effective =
        new EffectiveVariables(Objects.requireNonNull(all), directories, request, files, facts);
    this.play =
        request
            .workingDirectory()
            .resolve(request.settings().playbookDirectory().orElse(Path.of("")));
    data.groups().forEach((name, node) -> groups.put(name, new Group(node, effective)));
    data.hosts().forEach((name, node) -> hosts.put(name, new Host(node, effective)));
  }

  /// Hosts without variables, for patterns to choose from.
  ///
  /// @param hosts names of hosts with those of their groups
  public static Inventory of(SequencedMap<String, List<String>> hosts) {
    var request = InventoryRequest.of(List.of());
    var data = new InventoryData(request.settings(), new Problems());
    var where = Location.of(Path.of(""));
    hosts.forEach((host, groups) -> {
      data.addHost(host, Optional.empty(), Group.ALL, where);
      groups.forEach(
          group -> data.addHost(host, Optional.empty(), data.addGroup(group, where), where));
    });
    data.reconcile();
    return new Inventory(data, List.of(), request);
  }

  public SequencedMap<String, Host> hostsByName() {
    return Collections.unmodifiableSequencedMap(hosts);
  }

  public SequencedMap<String, Group> groupsByName() {
    return Collections.unmodifiableSequencedMap(groups);
  }

  public Collection<Host> hosts() {
    return Collections.unmodifiableCollection(hosts.values());
  }

  public Collection<Group> groups() {
    return Collections.unmodifiableCollection(groups.values());
  }

  public Optional<Host> host(String name) {
    return Optional.ofNullable(hosts.get(name));
  }

  public Optional<Group> group(String name) {
    return Optional.ofNullable(groups.get(name));
  }

  /// This machine, if that is what the name means.
  public Optional<Host> localhost(String name) {
    return Localhost.find(name, hosts.values(), effective);
  }

  /// Reads the files that these hosts' variables are in, and tells what is wrong with all files
  /// that were read so far. Files that stay locked are warnings: what is in them is not known.
  public List<Problem> readVariables(Iterable<Host> needed) {
    needed.forEach(Host::variables);
    return variableProblems();
  }

  /// What is wrong with the files of variables that were needed so far.
  public List<Problem> variableProblems() {
    return Stream.concat(files.problems().stream(), facts.problems().stream()).toList();
  }

  /// True if facts of earlier plays may be among the variables: there are far more of them than of
  /// anything else.
  public boolean hasCachedFacts() {
    return facts.isKept();
  }

  /// The files of variables that were needed so far and stayed locked.
  public List<Path> lockedFiles() {
    return files.locked();
  }

  /// What Ansible sets for every host, above all other variables, for templates to use.
  public SequencedMap<String, Value> magicVariables(Host host) {
    if (groupsVariable.isEmpty()) {
      groupsVariable = Optional.of(MagicVariables.groups(this));
    }
    return MagicVariables.of(host, groupsVariable.get(), play);
  }

  /// The hosts of a group and of all its descendants, each once: the group's own first, then its
  /// children's in order, then its grandchildren's. Ansible leaves the order below the children to
  /// chance; this is one of its orders. An unknown group has no hosts.
  public List<Host> hostsOf(String group) {
    var seen = new LinkedHashSet<String>();
    seen.add(group);
    var found = new LinkedHashSet<Host>();
    for (var level = List.of(group); !level.isEmpty(); level = nextLevel(level, seen)) {
      for (var name : level) {
        group(name).stream()
            .flatMap(each -> each.hosts().stream())
            .flatMap(host -> host(host).stream())
            .forEach(found::add);
      }
    }
    return List.copyOf(found);
  }

  private List<String> nextLevel(List<String> level, Set<String> seen) {
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

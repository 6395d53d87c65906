package dev.earshot.inventory;

import dev.earshot.jinja.Scope;
import dev.earshot.python.PythonText;
import dev.earshot.python.Value;
import dev.earshot.vault.Vault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// What `constructed` sees of a host: the variables of its groups and its own, as the sources up to
/// here have them, below what is cached of its facts. Neither `hostvars` nor `groups` are among
/// them, and `all` only where a source puts the host below it.
final class HostScopes {

  private final boolean readsFiles;
  private final boolean usesExtra;
  private final InventoryRequest request;
  private final InventoryData data;
  private final VarsFiles files;
  private final CachedFacts facts;
  private final Combination combination;
  private final Map<GroupNode, Integer> depths = new HashMap<>();

  HostScopes(PluginOptions options, InventoryRequest request, InventoryData data) {
    this.readsFiles = options.flag("use_vars_plugins", false);
    this.usesExtra = options.flag("use_extra_vars", false);
    this.request = request;
    this.data = data;
    this.files = new VarsFiles(request.settings(), request.vault());
    this.facts = new CachedFacts(request.settings().facts());
    this.combination = new Combination(request.settings().mergesMappings());
  }

  Scope of(HostNode host) {
    var variables = variables(host);
    if (facts.isKept()) {
      add(facts.raw(host.name), variables);
    }
    return new OfHost(variables, request.vault());
  }

  private SequencedMap<String, Variable> variables(HostNode host) {
    var groups = new LinkedHashSet<GroupNode>();
    for (var group : host.groups) {
      groups.addAll(group.ancestors());
      groups.add(group);
    }
    SequencedMap<String, Variable> variables = new LinkedHashMap<>();
    groups.stream()
        .sorted(
            Comparator.comparingInt(this::depth)
                .thenComparingInt(group -> group.priority)
                .thenComparing(group -> group.name, PythonText.ORDER))
        .forEach(group -> add(group.variables, variables));
    if (readsFiles) {
      for (var directory : data.directories()) {
        for (var group : groups) {
          files
              .variables(directory.resolve("group_vars"), group.name)
              .forEach(file -> add(file, variables));
        }
      }
    }
    add(host.variables, variables);
    addMagic(host, groups, variables);
    if (readsFiles) {
      for (var directory : data.directories()) {
        files
            .variables(directory.resolve("host_vars"), host.name)
            .forEach(file -> add(file, variables));
      }
    }
    if (usesExtra) {
      add(request.extraVariables(), variables);
    }
    return variables;
  }

  private void add(Map<String, Variable> more, SequencedMap<String, Variable> variables) {
    combination.add(variables, more);
  }

  /// What is wrong with the files of variables that were read.
  List<Problem> problems() {
    return Stream.concat(files.problems().stream(), facts.problems().stream()).toList();
  }

  private void addMagic(
      HostNode host, Collection<GroupNode> groups, SequencedMap<String, Variable> variables) {
    var file = host.declared.file().toAbsolutePath().normalize();
    variables.putIfAbsent("inventory_file", magic(host, file.toString()));
    variables.putIfAbsent("inventory_dir", magic(host, String.valueOf(file.getParent())));
    variables.put("inventory_hostname", magic(host, host.name));
    boolean address =
        HostAddress.parse(host.name, false).filter(HostAddress::isNumeric).isPresent();
    variables.put(
        "inventory_hostname_short",
        magic(host, address ? host.name : host.name.split("\\.", 2)[0]));
    var names =
        groups.stream()
            .map(group -> group.name)
            .filter(name -> !name.equals(Group.ALL))
            .sorted(PythonText.ORDER)
            .<Value>map(Value.Text::new)
            .toList();
    variables.put("group_names", new Variable(new Value.Sequence(names), host.declared));
  }

  private static Variable magic(HostNode host, String text) {
    return new Variable(new Value.Text(text), host.declared);
  }

  /// Steps from the top on the longest way.
  private int depth(GroupNode group) {
    var known = depths.get(group);
    if (known != null) {
      return known;
    }
    var waiting = new ArrayList<>(List.of(group));
    while (!waiting.isEmpty()) {
      var last = waiting.getLast();
      var unknown = last.parents.stream().filter(each -> !depths.containsKey(each)).toList();
      if (unknown.isEmpty()) {
        waiting.removeLast();
        depths.put(
            last,
            last.parents.stream()
                .mapToInt(each -> 1 + depths.getOrDefault(each, 0))
                .max()
                .orElse(0));
      } else {
        waiting.addAll(unknown);
      }
    }
    return depths.getOrDefault(group, 0);
  }

  private record OfHost(SequencedMap<String, Variable> variables, Vault vault) implements Scope {

    @Override
    public Optional<Value> variable(String name) {
      return Optional.ofNullable(variables.get(name)).map(Variable::value);
    }

    @Override
    public Optional<String> open(Value.Vaulted vaulted) {
      return switch (vault.open(vaulted.ciphertext())) {
        case Vault.Opening.Opened(var plain) -> Optional.of(plain);
        case Vault.Opening.Locked _ -> Optional.empty();
      };
    }

    @Override
    public Collection<String> names() {
      return variables.keySet();
    }

    /// Leaves the values out: they may be secrets.
    @Override
    public String toString() {
      return "OfHost" + variables.keySet();
    }
  }
}

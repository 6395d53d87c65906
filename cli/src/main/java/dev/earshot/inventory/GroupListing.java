package dev.earshot.inventory;

import dev.earshot.python.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads groups in the shape in which inventory scripts and `ansible-inventory --list` print them:
/// a group is a list of hosts, or a mapping with lists `hosts` and `children` and a mapping `vars`,
/// or just the variables of a host of that name. Names mean themselves: no ranges, no ports.
final class GroupListing {

  private static final String META = "_meta";
  private static final Set<String> SECTIONS = Set.of("hosts", "vars", "children");

  private final YamlValues values;
  private final InventoryData data;
  private final Problems problems;
  private final LinkedHashSet<String> unknown = new LinkedHashSet<>();
  private final LinkedHashSet<String> listed = new LinkedHashSet<>();

  GroupListing(YamlValues values, InventoryData data) {
    this.values = values;
    this.data = data;
    this.problems = data.problems();
  }

  /// True for a mapping that only a listing can be.
  static boolean isListing(List<YamlValues.Entry> entries) {
    return entries.stream()
        .anyMatch(entry -> isNamed(entry, META) && entry.node() instanceof MappingNode);
  }

  /// False if something is wrong with it, which is reported.
  boolean read(MappingNode root) {
    int before = problems.errors();
    Optional<YamlValues.Entry> hostVariables = Optional.empty();
    for (var entry : values.entries(root)) {
      if (isNamed(entry, META)) {
        hostVariables = hostVariables(entry);
      } else {
        readGroup(entry);
      }
    }
    if (hostVariables.isEmpty()) {
      unknown.addAll(listed);
    } else if (hostVariables.get().node() instanceof MappingNode mapping) {
      for (var entry : values.entries(mapping)) {
        entry
            .key()
            .asText()
            .filter(listed::contains)
            .ifPresent(host -> setVariables(host, entry.node()));
      }
    } else {
      wrong(hostVariables.get(), "hostvars", "a mapping");
    }
    return problems.errors() == before;
  }

  /// The hosts whose variables the listing leaves out.
  List<String> hosts() {
    return List.copyOf(unknown);
  }

  private Optional<YamlValues.Entry> hostVariables(YamlValues.Entry meta) {
    if (meta.node() instanceof MappingNode mapping) {
      return values.entries(mapping).stream()
          .filter(entry -> isNamed(entry, "hostvars"))
          .filter(entry -> !values.value(entry.node()).equals(Optional.of(Value.Null.NULL)))
          .findFirst();
    }
    wrong(meta, META, "a mapping");
    return Optional.empty();
  }

  private void readGroup(YamlValues.Entry entry) {
    var raw = entry.key().asText().orElse("");
    if (raw.isEmpty()) {
      problems.error(entry.where(), "a group has an empty name", "write a name");
      return;
    }
    var group = data.addGroup(raw, entry.where());
    if (!(entry.node() instanceof MappingNode mapping)) {
      addHosts(entry, entry.node(), group);
      return;
    }
    var sections = values.entries(mapping);
    if (sections.stream().noneMatch(each -> SECTIONS.stream().anyMatch(s -> isNamed(each, s)))) {
      addHost(group, group, entry.where());
      setVariables(group, mapping);
      return;
    }
    section(sections, "hosts").ifPresent(each -> addHosts(each, each.node(), group));
    section(sections, "vars").ifPresent(each -> setVariables(group, each.node()));
    section(sections, "children").ifPresent(each -> addChildren(each, group));
  }

  private static Optional<YamlValues.Entry> section(List<YamlValues.Entry> sections, String name) {
    return sections.stream().filter(each -> isNamed(each, name)).findFirst();
  }

  private void addHosts(YamlValues.Entry entry, Node hosts, String group) {
    if (hosts instanceof SequenceNode names) {
      for (var name : names.getValue()) {
        name(name, "host").ifPresent(each -> addHost(each, group, entry.where()));
      }
    } else {
      wrong(entry, "the hosts of group " + group, "a list");
    }
  }

  private void addHost(String name, String group, Location where) {
    listed.add(name);
    data.addHost(name, Optional.empty(), group, where);
  }

  private void addChildren(YamlValues.Entry entry, String group) {
    switch (entry.node()) {
      case SequenceNode names ->
          names
              .getValue()
              .forEach(name -> name(name, "group").ifPresent(each -> addChild(each, group, entry)));
      case MappingNode names ->
          values
              .entries(names)
              .forEach(name -> name.key().asText().ifPresent(each -> addChild(each, group, entry)));
      case Node _ -> wrong(entry, "the children of group " + group, "a list");
    }
  }

  private void addChild(String child, String group, YamlValues.Entry entry) {
    data.addChild(group, data.addGroup(child, entry.where()), entry.where());
  }

  private Optional<String> name(Node node, String what) {
    var value = values.value(node);
    if (value.isPresent() && value.get() instanceof Value.Text(var name, _) && !name.isEmpty()) {
      return Optional.of(name);
    }
    value.ifPresent(wrong ->
        problems.error(
            values.where(node),
            "a %s name must be a string but is %s"
                .formatted(what, wrong.isTruthy() ? wrong.kind() : "empty"),
            "put quotes around it"));
    return Optional.empty();
  }

  /// Sets the variables of a group or a host, which must be a mapping.
  void setVariables(String owner, Node variables) {
    if (!(variables instanceof MappingNode mapping)) {
      problems.error(
          values.where(variables),
          "the variables of %s are not a mapping".formatted(owner),
          "write {} if there are none");
      return;
    }
    for (var entry : values.entries(mapping)) {
      values
          .value(entry.node())
          .map(value -> new Variable(value, entry.where()))
          .ifPresent(variable -> data.setVariable(owner, VarsFiles.keyOf(entry.key()), variable));
    }
  }

  private void wrong(YamlValues.Entry entry, String what, String wanted) {
    problems.error(
        entry.where(),
        "%s must be %s".formatted(what, wanted),
        "print it in the form of ansible-inventory --list");
  }

  private static boolean isNamed(YamlValues.Entry entry, String name) {
    return entry.key() instanceof Value.Text(var text, _) && text.equals(name);
  }
}

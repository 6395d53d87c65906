package dev.earshot.inventory;

import dev.earshot.python.Value;
import dev.earshot.text.NearNames;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Reads a YAML or JSON inventory into the [InventoryData]: a mapping of groups, each with `hosts`,
/// `vars` and `children`.
final class YamlSource {

  private static final Set<String> SECTIONS = Set.of("hosts", "vars", "children");

  private final InventoryData data;
  private final Problems problems;
  private final YamlValues values;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

  YamlSource(YamlValues values, InventoryData data) {
    this.data = data;
    this.problems = data.problems();
    this.values = values;
  }

  /// @param groups the entries of the whole inventory
  void read(List<YamlValues.Entry> groups) {
    groups.forEach(entry -> readGroup(entry, Optional.empty()));
  }

  private void readGroup(YamlValues.Entry entry, Optional<String> parent) {
    var raw = nameOf(entry, "group");
    if (raw.isEmpty()) {
      return;
    }
    var name = raw.get();
    var used =
        switch (entry.node()) {
          case MappingNode group when open.size() == YamlValues.MAX_DEPTH || !open.add(group) -> {
            problems.error(
                entry.where(),
                "group %s contains itself, or nests too deep".formatted(name),
                "remove the alias");
            yield name;
          }
          case MappingNode group -> {
            var added = data.addGroup(name, entry.where());
            values.entries(group).forEach(section -> readSection(section, added));
            open.remove(group);
            yield added;
          }
          case Node node when isNull(node) -> data.addGroup(name, entry.where());
          case Node _ -> {
            sayNoGroup(entry.where(), name, parent.isPresent() && !data.hasGroup(name));
            yield name;
          }
        };
    parent.ifPresent(each -> data.addChild(each, used, entry.where()));
  }

  /// Ansible skips it, but then misses it where it is to be a child.
  private void sayNoGroup(Location where, String name, boolean missed) {
    problems.add(
        new Problem(
            missed ? Severity.ERROR : Severity.WARNING,
            Optional.of(where),
            "%s is not a group%s: a group is a mapping"
                .formatted(name, missed ? "" : " and is skipped"),
            SECTIONS.contains(name)
                ? "put it below a group, such as all:"
                : "put hosts:, vars: or children: below it"));
  }

  private void readSection(YamlValues.Entry section, String group) {
    var name = section.key().asText().orElse("null");
    if (isNull(section.node())) {
      return;
    }
    if (!SECTIONS.contains(name)) {
      problems.warning(
          section.where(),
          "%s in group %s has no meaning and is skipped".formatted(name, group),
          "write hosts, vars or children" + NearNames.didYouMean(name, SECTIONS));
      return;
    }
    for (var entry : entriesOf(section, name, group)) {
      switch (name) {
        case "hosts" -> readHost(entry, group);
        case "vars" -> setVariables(group, List.of(entry));
        default -> readGroup(entry, Optional.of(group));
      }
    }
  }

  /// A string stands for a mapping with that one key.
  private List<YamlValues.Entry> entriesOf(YamlValues.Entry section, String name, String group) {
    if (section.node() instanceof MappingNode mapping) {
      return values.entries(mapping);
    }
    var value = values.value(section.node());
    if (value.isPresent() && value.get() instanceof Value.Text) {
      if (name.equals("vars")) {
        problems.warning(
            section.where(),
            "vars of group %s is a string: a variable of that name without a value"
                .formatted(group),
            "write name: value, one a line");
      }
      return List.of(
          new YamlValues.Entry(value.get(), values.where(section.node()), nothing(section.node())));
    }
    value.ifPresent(wrong ->
        problems.error(
            section.where(),
            "%s of group %s must be a mapping but is %s".formatted(name, group, wrong.kind()),
            name.equals("vars")
                ? "write name: value, one a line"
                : "write each name with a colon behind it, without a dash before it"));
    return List.of();
  }

  private static Node nothing(Node node) {
    return new ScalarNode(Tag.NULL, "", node.getStartMark(), node.getEndMark(), ScalarStyle.PLAIN);
  }

  private void readHost(YamlValues.Entry entry, String group) {
    var pattern = nameOf(entry, "host");
    if (pattern.isEmpty()) {
      return;
    }
    var hosts = data.addHosts(pattern.get(), group, entry.where());
    if (entry.node() instanceof MappingNode variables) {
      var entries = values.entries(variables);
      hosts.forEach(host -> setVariables(host, entries));
    } else {
      values
          .value(entry.node())
          .filter(Value::isTruthy)
          .ifPresent(wrong ->
              problems.error(
                  entry.where(),
                  "host %s must have a mapping of variables but has %s"
                      .formatted(pattern.get(), wrong.kind()),
                  "write %s: with nothing behind it, and variables indented below it"
                      .formatted(pattern.get())));
    }
  }

  private void setVariables(String owner, List<YamlValues.Entry> entries) {
    for (var entry : entries) {
      values
          .value(entry.node())
          .map(value -> new Variable(value, entry.where()))
          .ifPresent(variable -> data.setVariable(owner, VarsFiles.keyOf(entry.key()), variable));
    }
  }

  private Optional<String> nameOf(YamlValues.Entry entry, String what) {
    if (entry.key() instanceof Value.Text(String name, _) && !name.isEmpty()) {
      return Optional.of(name);
    }
    problems.error(
        entry.where(),
        "a %s name must be a string but is %s"
            .formatted(what, entry.key().isTruthy() ? entry.key().kind() : "empty"),
        "put quotes around it");
    return Optional.empty();
  }

  private boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }
}

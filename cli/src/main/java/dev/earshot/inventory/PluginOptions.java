package dev.earshot.inventory;

import dev.earshot.python.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// The options in a file that configures an inventory plugin.
final class PluginOptions {

  private static final Set<String> TRUE = Set.of("yes", "on", "1", "true", "t", "1.0", "y");

  private final List<YamlValues.Entry> entries;
  private final YamlValues values;
  private final Problems problems;

  PluginOptions(List<YamlValues.Entry> entries, YamlValues values, Problems problems) {
    this.entries = List.copyOf(entries);
    this.values = values;
    this.problems = problems;
  }

  /// What Python's `str()` makes of a value; lists and mappings, which name nothing, are empty.
  static String text(Value value) {
    return value.asText().orElse(value instanceof Value.Null ? "None" : "");
  }

  boolean flag(String name, boolean otherwise) {
    return find(name)
        .flatMap(this::value)
        .filter(value -> !(value instanceof Value.Null))
        .map(value -> TRUE.contains(text(value).toLowerCase(Locale.ROOT)))
        .orElse(otherwise);
  }

  Optional<Value> value(YamlValues.Entry entry) {
    return values.value(entry.node());
  }

  /// The entries of an option that is a mapping.
  List<YamlValues.Entry> mapping(String name) {
    return find(name).map(entry -> entriesOf(entry.node(), name, entry.where())).orElse(List.of());
  }

  /// The entries of each mapping in an option that is a list of them.
  List<List<YamlValues.Entry>> mappings(String name) {
    var found = find(name).filter(entry -> value(entry).filter(Value::isTruthy).isPresent());
    if (found.isEmpty()) {
      return List.of();
    }
    if (!(found.get().node() instanceof SequenceNode list)) {
      wrong(found.get().where(), name, "a list of mappings");
      return List.of();
    }
    var mappings = new ArrayList<List<YamlValues.Entry>>();
    for (var item : list.getValue()) {
      var each = entriesOf(item, name, values.where(item));
      if (!each.isEmpty()) {
        mappings.add(each);
      }
    }
    return mappings;
  }

  private Optional<YamlValues.Entry> find(String name) {
    return entries.stream().filter(entry -> entry.key().equals(new Value.Text(name))).findFirst();
  }

  private List<YamlValues.Entry> entriesOf(Node node, String option, Location where) {
    if (node instanceof MappingNode mapping) {
      return values.entries(mapping);
    }
    if (values.value(node).filter(value -> !(value instanceof Value.Null)).isPresent()) {
      wrong(where, option, "a mapping");
    }
    return List.of();
  }

  private void wrong(Location where, String option, String wanted) {
    problems.error(
        where, "%s must be %s".formatted(option, wanted), "write name: expression, one a line");
  }
}

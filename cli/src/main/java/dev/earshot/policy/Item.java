package dev.earshot.policy;

import dev.earshot.inventory.Location;
import dev.earshot.inventory.Problem;
import dev.earshot.python.Value;
import dev.earshot.text.NearNames;
import dev.earshot.yaml.YamlScalar;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A value in the file, and what it is called in messages. What it is not asked to be is told as a
/// problem, and then it is nothing.
///
/// @param name `window`, `waivers`, `waivers: expires`
/// @param problems gets what is wrong
record Item(Path file, String name, Node node, List<Problem> problems) {

  private static final int LONGEST_LIST = 5_000;

  Location where() {
    return at(node);
  }

  /// Counted from 1.
  int line() {
    return node.getStartMark().getLine() + 1;
  }

  void wrong(String message, String advice) {
    problems.add(Problem.error(where(), (name.isEmpty() ? "it" : name) + " " + message, advice));
  }

  /// A text, number or date as it stands there.
  Optional<String> text() {
    if (node instanceof ScalarNode scalar
        && !scalar.getTag().equals(Tag.NULL)
        && !scalar.getValue().isBlank()) {
      return Optional.of(scalar.getValue().strip());
    }
    wrong("has to be a text but is " + kind(), "write a value");
    return Optional.empty();
  }

  /// A number, in digits.
  Optional<Double> number() {
    Optional<Value> value =
        node instanceof ScalarNode scalar ? YamlScalar.value(scalar) : Optional.empty();
    Optional<Double> number =
        value.flatMap(one ->
            switch (one) {
              case Value.Whole(var whole) -> Optional.of(whole.doubleValue());
              case Value.Real(var real) -> Optional.of(real);
              case Value _ -> Optional.<Double>empty();
            });
    if (number.filter(Double::isFinite).isEmpty()) {
      wrong("has to be a number but is " + kind(), "write digits");
    }
    return number.filter(Double::isFinite);
  }

  /// The items of a list; a single one may stand for a list of it.
  List<Item> oneOrMore() {
    return node instanceof SequenceNode ? list() : List.of(this);
  }

  /// The items of a list.
  List<Item> list() {
    if (!(node instanceof SequenceNode sequence)) {
      wrong("has to be a list but is " + kind(), "begin each of its lines with a dash");
      return List.of();
    }
    if (sequence.getValue().size() > LONGEST_LIST) {
      wrong("has more than %,d entries".formatted(LONGEST_LIST), "use patterns instead");
      return List.of();
    }
    return sequence.getValue().stream().map(each -> new Item(file, name, each, problems)).toList();
  }

  /// The entries of a mapping in their order, whatever their keys are.
  Map<String, Item> entries() {
    if (!(node instanceof MappingNode mapping)) {
      wrong("has to be a mapping but is " + kind(), "write 'key: value' lines below it");
      return Map.of();
    }
    Map<String, Item> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.MERGE)) {
        problems.add(
            Problem.error(
                at(tuple.getKeyNode()), "a key of " + name + " has to be a text", "write it out"));
      } else if (entries.putIfAbsent(
              key.getValue(), new Item(file, below(key.getValue()), tuple.getValueNode(), problems))
          != null) {
        problems.add(
            Problem.error(
                at(key), below(key.getValue()) + " is given twice", "remove one of them"));
      }
    }
    return entries;
  }

  /// The entries of a mapping that may have these keys.
  Map<String, Item> entries(Collection<String> known) {
    Map<String, Item> entries = entries();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && !known.contains(key.getValue())) {
          problems.add(
              Problem.error(
                  at(key),
                  "%s is not known here%s"
                      .formatted(
                          below(key.getValue()), NearNames.didYouMean(key.getValue(), known)),
                  "write one of " + known.stream().sorted().collect(Collectors.joining(", "))));
        }
      }
    }
    return entries;
  }

  /// An entry that has to be there.
  Optional<Item> required(Map<String, Item> entries, String key) {
    Optional<Item> entry = Optional.ofNullable(entries.get(key));
    if (entry.isEmpty() && node instanceof MappingNode) {
      wrong("has no " + key, "add '%s: …'".formatted(key));
    }
    return entry;
  }

  private String kind() {
    return switch (node) {
      case SequenceNode _ -> "a list";
      case MappingNode _ -> "a mapping";
      case ScalarNode scalar
          when !scalar.getTag().equals(Tag.NULL) && scalar.getValue().isBlank() ->
          "empty";
      case ScalarNode scalar -> YamlScalar.value(scalar).map(Value::kind).orElse("no plain value");
      default -> "something else";
    };
  }

  private Location at(Node other) {
    return new Location(file, other.getStartMark().getLine() + 1);
  }

  private String below(String key) {
    return name.isEmpty() ? key : name + ": " + key;
  }
}

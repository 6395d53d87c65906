package dev.earshot.inventory.listing;

import dev.earshot.python.PythonText;
import dev.earshot.python.Value;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Names for the values that stand in a document more than once: the same list of a group's
/// variables in each of its hosts. Text, numbers and nothing are always repeated.
final class YamlAnchors {

  /// How a value is to be written.
  sealed interface Use {
    record None() implements Use {}

    record First(String name) implements Use {}

    record Again(String name) implements Use {}
  }

  private static final Use NONE = new Use.None();

  private final IdentityHashMap<Value, Integer> numbers = new IdentityHashMap<>();
  private final Set<Integer> written = new HashSet<>();
  private int named;

  private YamlAnchors() {}

  /// Numbers are given in the order in which values turn up for the second time.
  static YamlAnchors of(Node document) {
    var anchors = new YamlAnchors();
    anchors.look(document);
    anchors.numbers.values().removeIf(number -> number == 0);
    return anchors;
  }

  private void look(Node node) {
    switch (node) {
      case Node.Leaf(var value) -> look(value);
      case Node.Branch(var entries) ->
          entries.keySet().stream()
              .sorted(PythonText.ORDER)
              .forEach(name -> look(Objects.requireNonNull(entries.get(name)).get()));
    }
  }

  private void look(Value value) {
    if (!isShared(value)) {
      return;
    }
    var number = numbers.putIfAbsent(value, 0);
    if (number != null) {
      if (number == 0) {
        numbers.put(value, ++named);
      }
      return;
    }
    switch (value) {
      case Value.Sequence(var items) -> items.forEach(this::look);
      case Value.Mapping mapping ->
          Keys.sorted(mapping)
              .orElseGet(() -> List.copyOf(mapping.entries().entrySet()))
              .forEach(entry -> look(entry.getValue()));
      case Value.Timestamp _, Value.Vaulted _ -> {}
      case Value.Text _, Value.Whole _, Value.Real _, Value.Bool _, Value.Null _ -> {}
    }
  }

  private static boolean isShared(Value value) {
    return switch (value) {
      case Value.Sequence _, Value.Mapping _, Value.Timestamp _, Value.Vaulted _ -> true;
      case Value.Text _, Value.Whole _, Value.Real _, Value.Bool _, Value.Null _ -> false;
    };
  }

  Use use(Value value) {
    var number = numbers.get(value);
    if (number == null) {
      return NONE;
    }
    var name = "id%03d".formatted(number);
    return written.add(number) ? new Use.First(name) : new Use.Again(name);
  }
}

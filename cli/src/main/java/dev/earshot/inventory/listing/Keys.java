package dev.earshot.inventory.listing;

import dev.earshot.python.PythonText;
import dev.earshot.python.Value;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sorts the keys of mappings as Python does: text by code point, numbers by size. Keys of several
/// kinds have no order in Python.
final class Keys {

  private Keys() {}

  /// Absent if the keys have no order.
  static Optional<List<Map.Entry<Value, Value>>> sorted(Value.Mapping mapping) {
    var entries = mapping.entries().entrySet();
    return entries.size() < 2
        ? Optional.of(List.copyOf(entries))
        : order(mapping.entries().keySet())
            .map(order ->
                entries.stream().sorted(Map.Entry.<Value, Value>comparingByKey(order)).toList());
  }

  private static Optional<Comparator<Value>> order(Collection<Value> keys) {
    if (keys.stream().allMatch(Value.Text.class::isInstance)) {
      return Optional.of(Comparator.comparing(Keys::text, PythonText.ORDER));
    }
    if (keys.stream().allMatch(Value.Timestamp.class::isInstance)) {
      return Optional.of(Comparator.comparing(Keys::text));
    }
    return keys.stream().allMatch(key -> number(key).isPresent())
        ? Optional.of(Comparator.comparing(key -> number(key).orElseThrow()))
        : Optional.empty();
  }

  private static String text(Value key) {
    return key.asText().orElse("");
  }

  private static Optional<BigDecimal> number(Value key) {
    return switch (key) {
      case Value.Whole(var number) -> Optional.of(new BigDecimal(number));
      case Value.Real(var number) when Double.isFinite(number) ->
          Optional.of(new BigDecimal(number));
      case Value.Bool(var truth) -> Optional.of(truth ? BigDecimal.ONE : BigDecimal.ZERO);
      case Value _ -> Optional.empty();
    };
  }

  /// True if every mapping in the value can be sorted.
  static boolean sortable(Value value) {
    return switch (value) {
      case Value.Mapping mapping ->
          (mapping.entries().size() < 2 || order(mapping.entries().keySet()).isPresent())
              && mapping.entries().values().stream().allMatch(Keys::sortable);
      case Value.Sequence(var items) -> items.stream().allMatch(Keys::sortable);
      case Value.Text _,
          Value.Whole _,
          Value.Real _,
          Value.Bool _,
          Value.Null _,
          Value.Timestamp _,
          Value.Vaulted _ ->
          true;
    };
  }
}

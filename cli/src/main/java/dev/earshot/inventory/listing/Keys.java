package dev.earshot.inventory.listing;

import dev.earshot.python.PythonText;
import dev.earshot.python.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sorts the keys of mappings as Python does: text by code point, numbers by size. Keys of several
/// kinds have no order in Python.
final class Keys {

  private static final Comparator<Value> BY_TEXT =
      Comparator.comparing(key -> ((Value.Text) key).text(), PythonText.ORDER);

  private Keys() {}

  /// Absent if the keys have no order.
  static Optional<List<Map.Entry<Value, Value>>> sorted(Value.Mapping mapping) {
    var entries = new ArrayList<>(mapping.entries().entrySet());
    if (entries.size() < 2) {
      return Optional.of(entries);
    }
    var order = order(mapping.entries().keySet());
    order.ifPresent(each -> entries.sort(Map.Entry.comparingByKey(each)));
    return order.map(_ -> entries);
  }

  private static Optional<Comparator<Value>> order(Collection<Value> keys) {
    if (areAll(Value.Text.class, keys)) {
      return Optional.of(BY_TEXT);
    }
    if (areAll(Value.Timestamp.class, keys)) {
      return Optional.of(Comparator.comparing(Keys::text));
    }
    return keys.stream().allMatch(key -> number(key).isPresent())
        ? Optional.of(Comparator.comparing(key -> number(key).orElseThrow()))
        : Optional.empty();
  }

  /// A loop, because this is asked of each mapping of each host.
  private static boolean areAll(Class<? extends Value> type, Collection<Value> keys) {
    for (var key : keys) {
      if (!type.isInstance(key)) {
        return false;
      }
    }
    return true;
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

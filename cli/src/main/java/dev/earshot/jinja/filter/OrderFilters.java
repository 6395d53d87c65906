package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Dict;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.runtime.Ordering;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Filters that order items or sum them up.
final class OrderFilters {

  static final Map<String, Filter> JINJA =
      Map.of(
          "sort", OrderFilters::sort,
          "dictsort", OrderFilters::dictsort,
          "min", (value, arguments, env) -> extreme(value, arguments, env, -1),
          "max", (value, arguments, env) -> extreme(value, arguments, env, 1),
          "sum", OrderFilters::sum);

  private OrderFilters() {}

  private static Obj sort(Obj value, Arguments arguments, Environment env) {
    boolean reverse = arguments.takeTruth("reverse", false);
    boolean caseSensitive = arguments.takeTruth("case_sensitive", false);
    var attributes = attributes(arguments.take("attribute"));
    var keys = attributes.stream().map(each -> Attributes.key(each, caseSensitive, env)).toList();
    return new Obj.Listing(
        sorted(
            env.items(value),
            item -> new Obj.Listing(keys.stream().map(key -> key.apply(item)).toList()),
            reverse,
            env));
  }

  /// `sort(attribute='age,name')` sorts by both.
  private static List<Optional<Obj>> attributes(Optional<Obj> given) {
    return given.orElse(Obj.None.NONE) instanceof Obj.Str(var text, _, _)
        ? List.of(text.split(",", -1)).stream()
            .map(each -> Optional.<Obj>of(new Obj.Str(each)))
            .toList()
        : List.of(given);
  }

  private record Keyed(Obj key, Obj item) {}

  private static List<Obj> sorted(
      List<Obj> items, UnaryOperator<Obj> key, boolean reverse, Environment env) {
    var keyed = new ArrayList<Keyed>();
    items.forEach(item -> keyed.add(new Keyed(key.apply(item), item)));
    Comparator<Keyed> order =
        (one, other) -> {
          env.budget().step();
          return Ordering.compare(one.key(), other.key());
        };
    keyed.sort(reverse ? order.reversed() : order);
    return keyed.stream().map(Keyed::item).toList();
  }

  private static Obj dictsort(Obj value, Arguments arguments, Environment env) {
    boolean caseSensitive = arguments.takeTruth("case_sensitive", false);
    var by = arguments.takeText("by", "key");
    boolean reverse = arguments.takeTruth("reverse", false);
    if (!by.equals("key") && !by.equals("value")) {
      throw new Failure("it sorts by key or value");
    }
    if (!(value instanceof Dict dict)) {
      throw new Failure("it takes a mapping, not a " + value.type());
    }
    var pairs =
        dict.entries().stream()
            .<Obj>map(entry -> new Obj.Tuple(entry.key(), entry.value()))
            .toList();
    int position = by.equals("key") ? 0 : 1;
    return new Obj.Listing(
        sorted(
            pairs,
            pair -> {
              var key = ((Obj.Tuple) pair).items().get(position);
              return caseSensitive ? key : Attributes.lower(key);
            },
            reverse,
            env));
  }

  private static Obj extreme(Obj value, Arguments arguments, Environment env, int sign) {
    boolean caseSensitive = arguments.takeTruth("case_sensitive", false);
    var key = Attributes.key(arguments.take("attribute"), caseSensitive, env);
    Keyed best = null;
    for (var item : env.items(value)) {
      var candidate = new Keyed(key.apply(item), item);
      if (best == null || Ordering.compare(candidate.key(), best.key()) * sign > 0) {
        best = candidate;
      }
    }
    return best == null
        ? new Obj.Undefined("there is nothing to choose from, the sequence is empty")
        : best.item();
  }

  private static Obj sum(Obj value, Arguments arguments, Environment env) {
    var attribute = Attributes.getter(arguments.take("attribute"), env);
    var sum = arguments.take("start", new Obj.Int(0));
    if (sum instanceof Obj.Str) {
      throw new Failure("it can't sum up strings");
    }
    for (var item : env.items(value)) {
      sum = env.operators().apply("+", sum, attribute.apply(item));
    }
    return sum;
  }
}

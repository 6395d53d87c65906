package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Equality;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Filters that treat lists as sets. The order of the first list stays.
final class SetFilters {

  static final Map<String, Filter> ANSIBLE =
      Map.of(
          "unique", SetFilters::unique,
          "union",
              (value, arguments, env) -> {
                var one = list(value);
                var other = list(arguments.need("b"));
                var all = new ArrayList<>(one);
                all.addAll(other);
                return new Obj.Listing(distinct(all, env));
              },
          "intersect",
              (value, arguments, env) -> {
                var other = list(arguments.need("b"));
                return new Obj.Listing(distinct(those(list(value), in(other, env)), env));
              },
          "difference",
              (value, arguments, env) -> {
                var other = list(arguments.need("b"));
                return new Obj.Listing(distinct(those(list(value), in(other, env).negate()), env));
              },
          "symmetric_difference", SetFilters::symmetricDifference);

  private SetFilters() {}

  /// Tuples and strings would become sets, whose order nobody knows.
  private static List<Obj> list(Obj value) {
    return switch (value) {
      case Obj.Listing(var items) -> items;
      case Obj.Undefined undefined -> throw undefined.failure();
      default -> throw new Failure("it takes lists, not a " + value.type());
    };
  }

  private static Predicate<Obj> in(List<Obj> items, Environment env) {
    if (items.stream().allMatch(Equality::isHashable)) {
      var keys = new HashSet<>();
      items.forEach(item -> keys.add(Equality.hashKey(item)));
      return item -> Equality.isHashable(item) && keys.contains(Equality.hashKey(item));
    }
    return item -> {
      env.budget().steps(items.size());
      return Equality.contains(items, item);
    };
  }

  private static List<Obj> those(List<Obj> items, Predicate<Obj> wanted) {
    return items.stream().filter(wanted).toList();
  }

  private static List<Obj> distinct(List<Obj> items, Environment env) {
    env.budget().steps(items.size());
    var distinct = new ArrayList<Obj>();
    if (items.stream().allMatch(Equality::isHashable)) {
      var seen = new HashSet<>();
      items.stream().filter(item -> seen.add(Equality.hashKey(item))).forEach(distinct::add);
      return distinct;
    }
    for (var item : items) {
      env.budget().steps(distinct.size());
      if (!Equality.contains(distinct, item)) {
        distinct.add(item);
      }
    }
    return distinct;
  }

  private static Obj symmetricDifference(Obj value, Arguments arguments, Environment env) {
    var one = list(value);
    var other = list(arguments.need("b"));
    var all = new ArrayList<>(one);
    all.addAll(other);
    var both = in(one, env).and(in(other, env));
    return new Obj.Listing(those(distinct(all, env), both.negate()));
  }

  /// Without arguments, case doesn't count; but it does where an item is a list or a mapping.
  private static Obj unique(Obj value, Arguments arguments, Environment env) {
    var caseSensitive = arguments.take("case_sensitive");
    var attribute = arguments.take("attribute").filter(each -> !(each instanceof Obj.None));
    boolean respectCase = caseSensitive.map(Numbers::isTrue).orElse(false);
    var items = env.items(value);
    var keys = items.stream().map(Attributes.key(attribute, respectCase, env)).toList();
    if (!keys.stream().allMatch(Equality::isHashable)) {
      boolean explicit = caseSensitive.equals(Optional.of(Obj.Bool.FALSE));
      if (explicit || attribute.isPresent()) {
        throw new Failure("lists and mappings can't be compared so");
      }
      return new Obj.Listing(distinct(items, env));
    }
    var seen = new HashSet<>();
    var unique = new ArrayList<Obj>();
    for (int i = 0; i < items.size(); i++) {
      if (seen.add(Equality.hashKey(keys.get(i)))) {
        unique.add(items.get(i));
      }
    }
    return new Obj.Listing(unique);
  }
}

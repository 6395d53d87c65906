package dev.earshot.jinja.runtime;

import java.util.List;
import java.util.Optional;

/// The methods of lists and mappings, and the way to those of strings. Only such that change
/// nothing.
final class Methods {

  private Methods() {}

  static Optional<Obj> find(Obj receiver, String name, Budget budget) {
    return switch (receiver) {
      case Obj.Str str -> StringMethods.find(str.text(), name, budget);
      case Obj.Listing list -> ofItems(list.items(), name, budget);
      case Obj.Tuple tuple -> ofItems(tuple.items(), name, budget);
      case Obj.Mapping mapping -> ofMapping(mapping, name, budget);
      default -> Optional.empty();
    };
  }

  private static Optional<Obj> ofItems(List<Obj> items, String name, Budget budget) {
    return switch (name) {
      case "index" -> function(name, arguments -> new Obj.Int(index(items, one(arguments))));
      case "count" ->
          function(
              name,
              arguments -> {
                var sought = one(arguments);
                budget.steps(items.size());
                return new Obj.Int(
                    items.stream().filter(item -> Equality.equal(item, sought)).count());
              });
      case "copy" ->
          function(
              name,
              arguments -> {
                arguments.end();
                return new Obj.Listing(items);
              });
      default -> Optional.empty();
    };
  }

  private static int index(List<Obj> items, Obj sought) {
    for (int i = 0; i < items.size(); i++) {
      if (Equality.equal(items.get(i), sought)) {
        return i;
      }
    }
    throw new Failure("index() found no such item");
  }

  private static Optional<Obj> ofMapping(Obj.Mapping mapping, String name, Budget budget) {
    return switch (name) {
      case "get" ->
          function(
              name,
              arguments -> {
                var key = arguments.need("key");
                var otherwise = arguments.take("default", Obj.None.NONE);
                arguments.end();
                return mapping.get(key).orElse(otherwise);
              });
      case "keys" -> function(name, arguments -> view(arguments, "dict_keys", mapping.keys()));
      case "values" ->
          function(name, arguments -> view(arguments, "dict_values", values(mapping, budget)));
      case "items" ->
          function(name, arguments -> view(arguments, "dict_items", items(mapping, budget)));
      case "copy" ->
          function(
              name,
              arguments -> {
                arguments.end();
                return mapping;
              });
      default -> Optional.empty();
    };
  }

  private static Obj view(Arguments arguments, String name, List<Obj> items) {
    arguments.end();
    return new Obj.View(name, items);
  }

  static List<Obj> values(Obj.Mapping mapping, Budget budget) {
    budget.steps(mapping.size());
    return mapping.keys().stream().map(key -> mapping.get(key).orElseThrow()).toList();
  }

  static List<Obj> items(Obj.Mapping mapping, Budget budget) {
    budget.steps(mapping.size());
    return mapping.keys().stream()
        .<Obj>map(key -> new Obj.Tuple(key, mapping.get(key).orElseThrow()))
        .toList();
  }

  private static Obj one(Arguments arguments) {
    var argument = arguments.need("value");
    arguments.end();
    return argument;
  }

  static Optional<Obj> function(String name, Obj.Body body) {
    return Optional.of(new Obj.Function(name, body));
  }
}

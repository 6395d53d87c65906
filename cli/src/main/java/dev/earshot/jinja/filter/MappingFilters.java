package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Dict;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Filters on mappings, and those that choose between values.
final class MappingFilters {

  static final Map<String, Filter> JINJA =
      Map.of("items", (value, _, env) -> new Obj.Listing(pairs(value, env)));

  static final Map<String, Filter> ANSIBLE =
      Map.of(
          "combine", MappingFilters::combine,
          "dict2items", MappingFilters::dictToItems,
          "items2dict", MappingFilters::itemsToDict,
          "extract", MappingFilters::extract,
          "subelements", MappingFilters::subelements,
          "ternary", MappingFilters::ternary,
          "mandatory", MappingFilters::mandatory);

  private MappingFilters() {}

  private static Failure notMapping(Obj value) {
    return value instanceof Obj.Undefined undefined
        ? undefined.failure()
        : new Failure("it takes a mapping, not a " + value.type());
  }

  private static List<Obj> pairs(Obj value, Environment env) {
    if (value instanceof Obj.Undefined undefined && undefined.missing()) {
      return List.of();
    }
    if (!(value instanceof Obj.Mapping mapping)) {
      throw notMapping(value);
    }
    return env.items(mapping).stream()
        .<Obj>map(key -> new Obj.Tuple(key, mapping.get(key).orElseThrow()))
        .toList();
  }

  private static Obj combine(Obj value, Arguments arguments, Environment env) {
    var given = new ArrayList<Obj>();
    given.add(value);
    given.addAll(arguments.rest());
    var merge =
        Merge.of(
            arguments.takeNamed("recursive").map(Numbers::isTrue).orElse(false),
            arguments.takeNamed("list_merge").map(Environment::text).orElse("replace"),
            env);
    var result = new ArrayList<Dict>();
    for (var each : given) {
      switch (each) {
        case Obj.Undefined undefined -> throw undefined.failure();
        case Obj.Listing(var items) -> items.forEach(item -> result.add(dict(item)));
        case Obj.Tuple(var items) -> items.forEach(item -> result.add(dict(item)));
        case Obj.None _ -> {}
        default -> result.add(dict(each));
      }
    }
    return result.reversed().stream()
        .reduce((high, low) -> merge.merged(low, high))
        .orElseGet(() -> Dict.of(List.of()));
  }

  private static Dict dict(Obj value) {
    if (value instanceof Dict dict) {
      return dict;
    }
    throw notMapping(value);
  }

  private static Obj dictToItems(Obj value, Arguments arguments, Environment env) {
    var keyName = arguments.take("key_name", new Obj.Str("key"));
    var valueName = arguments.take("value_name", new Obj.Str("value"));
    if (!(value instanceof Obj.Mapping)) {
      throw notMapping(value);
    }
    return new Obj.Listing(
        pairs(value, env).stream()
            .map(pair -> ((Obj.Tuple) pair).items())
            .<Obj>map(pair ->
                Dict.of(
                    List.of(
                        new Dict.Entry(keyName, pair.get(0)),
                        new Dict.Entry(valueName, pair.get(1)))))
            .toList());
  }

  private static Obj itemsToDict(Obj value, Arguments arguments, Environment env) {
    var keyName = arguments.take("key_name", new Obj.Str("key"));
    var valueName = arguments.take("value_name", new Obj.Str("value"));
    if (!(value instanceof Obj.Listing) && !(value instanceof Obj.Tuple)) {
      throw value instanceof Obj.Undefined undefined
          ? undefined.failure()
          : new Failure("it takes a list, not a " + value.type());
    }
    return Dict.of(
        env.items(value).stream()
            .map(item -> new Dict.Entry(part(item, keyName), part(item, valueName)))
            .toList());
  }

  private static Obj part(Obj item, Obj key) {
    return item instanceof Obj.Mapping mapping
        ? mapping.get(key).orElseThrow(() -> new Failure("an item lacks a key"))
        : (item instanceof Obj.Undefined undefined ? fail(undefined) : fail(item));
  }

  private static Obj fail(Obj item) {
    throw notMapping(item);
  }

  private static Obj extract(Obj value, Arguments arguments, Environment env) {
    var container = arguments.need("container");
    var more = arguments.take("morekeys", Obj.None.NONE);
    var result = env.lookup().item(container, value);
    var keys =
        switch (more) {
          case Obj.None _ -> List.<Obj>of();
          case Obj.Listing(var items) -> items;
          default -> List.of(more);
        };
    for (var key : keys) {
      result = env.lookup().item(result, key);
    }
    return result;
  }

  private static Obj subelements(Obj value, Arguments arguments, Environment env) {
    var path = arguments.need("subelements");
    boolean skipMissing = arguments.takeTruth("skip_missing", false);
    var elements =
        switch (value) {
          case Dict dict -> dict.entries().stream().map(Dict.Entry::value).toList();
          case Obj.Listing(var items) -> items;
          default -> throw notMapping(value);
        };
    var keys =
        path instanceof Obj.Listing(var items)
            ? items
            : List.of(Environment.text(path).split("\\.", -1)).stream()
                .<Obj>map(Obj.Str::new)
                .toList();
    var result = new ArrayList<Obj>();
    for (var element : elements) {
      for (var item : descend(element, keys, skipMissing)) {
        env.budget().step();
        result.add(new Obj.Tuple(element, item));
      }
    }
    return new Obj.Listing(result);
  }

  private static List<Obj> descend(Obj element, List<Obj> keys, boolean skipMissing) {
    var result = element;
    for (var key : keys) {
      if (!(result instanceof Obj.Mapping mapping)) {
        throw notMapping(result);
      }
      var found = mapping.get(key);
      if (found.isEmpty() && skipMissing) {
        return List.of();
      }
      result = found.orElseThrow(() -> new Failure("an item lacks a key"));
    }
    if (result instanceof Obj.Listing(var items)) {
      return items;
    }
    throw new Failure("the key must lead to a list");
  }

  private static Obj ternary(Obj value, Arguments arguments, Environment env) {
    var yes = arguments.need("true_val");
    var no = arguments.need("false_val");
    var none = arguments.take("none_val", Obj.None.NONE);
    if (value instanceof Obj.None && !(none instanceof Obj.None)) {
      return none;
    }
    return Numbers.isTrue(value) ? yes : no;
  }

  private static Obj mandatory(Obj value, Arguments arguments, Environment env) {
    var message = arguments.take("msg", Obj.None.NONE);
    if (value instanceof Obj.Undefined undefined && undefined.missing()) {
      throw new Failure(message instanceof Obj.Str str ? str.text() : undefined.message());
    }
    return value;
  }
}

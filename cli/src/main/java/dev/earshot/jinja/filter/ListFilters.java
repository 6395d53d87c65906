package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Equality;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.runtime.Strings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Filters that take lists apart and put them together.
final class ListFilters {

  private static final List<Obj> NULLS =
      List.of(Obj.None.NONE, new Obj.Str("None"), new Obj.Str("null"));

  private static final Filter LENGTH =
      (value, _, _) ->
          new Obj.Int(
              switch (value) {
                case Obj.Str(var text, _, _) -> text.codePointCount(0, text.length());
                case Obj.Items items -> items.items().size();
                case Obj.Mapping mapping -> mapping.size();
                case Obj.Undefined undefined -> throw undefined.failure();
                default -> throw new Failure("a " + value.type() + " has no length");
              });

  static final Map<String, Filter> JINJA =
      Map.ofEntries(
          Map.entry("length", LENGTH),
          Map.entry("count", LENGTH),
          Map.entry("join", ListFilters::join),
          Map.entry(
              "first",
              (value, _, env) -> {
                var items = env.items(value);
                return items.isEmpty() ? empty("first") : items.getFirst();
              }),
          Map.entry(
              "last",
              (value, _, env) -> {
                var items = env.items(value);
                return items.isEmpty() ? empty("last") : items.getLast();
              }),
          Map.entry("list", (value, _, env) -> new Obj.Listing(List.copyOf(env.items(value)))),
          Map.entry("reverse", (value, _, env) -> reversed(value, env)),
          Map.entry("batch", ListFilters::batch));

  static final Map<String, Filter> ANSIBLE =
      Map.of(
          "flatten", ListFilters::flatten,
          "zip", ListFilters::zip,
          "zip_longest", ListFilters::zipLongest,
          "product", ListFilters::product);

  private ListFilters() {}

  static Obj empty(String which) {
    return new Obj.Undefined("there is no " + which + " item, the sequence is empty");
  }

  private static Obj join(Obj value, Arguments arguments, Environment env) {
    var separator = env.str(arguments.take("d", new Obj.Str("")));
    var attribute = Attributes.getter(arguments.take("attribute"), env);
    var items = env.items(value).stream().map(attribute).toList();
    return new Obj.Str(Strings.join(separator, items, env.budget()));
  }

  private static Obj reversed(Obj value, Environment env) {
    if (value instanceof Obj.Str(var text, _, _)) {
      return new Obj.Str(new StringBuilder(text).reverse().toString());
    }
    return new Obj.Listing(List.copyOf(env.items(value)).reversed());
  }

  private static Obj batch(Obj value, Arguments arguments, Environment env) {
    int size = Numbers.index(arguments.need("linecount"));
    var fill = arguments.take("fill_with", Obj.None.NONE);
    if (size < 1) {
      throw new Failure("its size must be positive");
    }
    var batches = new ArrayList<Obj>();
    var items = env.items(value);
    for (int i = 0; i < items.size(); i += Math.min(size, items.size())) {
      var batch =
          new ArrayList<>(
              items.subList(i, Math.min(items.size(), i + Math.min(size, items.size()))));
      if (!(fill instanceof Obj.None)) {
        env.budget().steps(size);
        batch.addAll(Collections.nCopies(size - batch.size(), fill));
      }
      batches.add(new Obj.Listing(batch));
    }
    return new Obj.Listing(batches);
  }

  private static Obj flatten(Obj value, Arguments arguments, Environment env) {
    var levels = arguments.take("levels", Obj.None.NONE);
    boolean skipNulls = arguments.takeTruth("skip_nulls", true);
    int depth = levels instanceof Obj.None ? Integer.MAX_VALUE : Numbers.index(levels);
    var flat = new ArrayList<Obj>();
    flatten(env.items(value), depth, skipNulls, flat, env);
    return new Obj.Listing(flat);
  }

  private static void flatten(
      List<Obj> items, int levels, boolean skipNulls, List<Obj> flat, Environment env) {
    env.budget().enter();
    for (var item : items) {
      env.budget().step();
      if (skipNulls && Equality.contains(NULLS, item)) {
        continue;
      }
      if (levels >= 1 && (item instanceof Obj.Listing || item instanceof Obj.Tuple)) {
        flatten(((Obj.Items) item).items(), levels - 1, skipNulls, flat, env);
      } else {
        flat.add(item);
      }
    }
    env.budget().leave();
  }

  private static List<List<Obj>> all(Obj value, Arguments arguments, Environment env) {
    var all = new ArrayList<List<Obj>>();
    all.add(env.items(value));
    arguments.rest().forEach(each -> all.add(env.items(each)));
    return all;
  }

  private static Obj zip(Obj value, Arguments arguments, Environment env) {
    var all = all(value, arguments, env);
    int size = all.stream().mapToInt(List::size).min().orElse(0);
    return tuples(all, size, Obj.None.NONE);
  }

  private static Obj zipLongest(Obj value, Arguments arguments, Environment env) {
    var all = all(value, arguments, env);
    var fill = arguments.takeNamed("fillvalue").orElse(Obj.None.NONE);
    int size = all.stream().mapToInt(List::size).max().orElse(0);
    env.budget().steps((long) size * all.size());
    return tuples(all, size, fill);
  }

  private static Obj tuples(List<List<Obj>> all, int size, Obj fill) {
    var tuples = new ArrayList<Obj>();
    for (int i = 0; i < size; i++) {
      int index = i;
      tuples.add(
          new Obj.Tuple(
              all.stream().map(each -> index < each.size() ? each.get(index) : fill).toList()));
    }
    return new Obj.Listing(tuples);
  }

  private static Obj product(Obj value, Arguments arguments, Environment env) {
    List<List<Obj>> tuples = List.of(List.of());
    for (var items : all(value, arguments, env)) {
      env.budget().steps((long) tuples.size() * items.size());
      var longer = new ArrayList<List<Obj>>();
      for (var tuple : tuples) {
        for (var item : items) {
          var next = new ArrayList<>(tuple);
          next.add(item);
          longer.add(next);
        }
      }
      tuples = longer;
    }
    return new Obj.Listing(tuples.stream().<Obj>map(Obj.Tuple::new).toList());
  }
}

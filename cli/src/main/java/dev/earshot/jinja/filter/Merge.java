package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Dict;
import dev.earshot.jinja.runtime.Equality;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// How `combine` puts one mapping over another.
record Merge(boolean recursive, String lists, Environment environment) {

  private static final Set<String> LISTS =
      Set.of("replace", "keep", "append", "prepend", "append_rp", "prepend_rp");

  static Merge of(boolean recursive, String lists, Environment environment) {
    if (!LISTS.contains(lists)) {
      throw new Failure("list_merge can't be " + lists);
    }
    return new Merge(recursive, lists, environment);
  }

  Dict merged(Dict low, Dict high) {
    if (low.size() == 0 || Equality.equal(low, high)) {
      return high;
    }
    environment.budget().enter();
    environment.budget().steps(low.size() + (long) high.size());
    var entries =
        high.entries().stream()
            .map(entry ->
                new Dict.Entry(
                    entry.key(),
                    low.get(entry.key())
                        .map(old -> merged(old, entry.value()))
                        .orElse(entry.value())))
            .toList();
    environment.budget().leave();
    return low.with(Dict.of(entries));
  }

  private Obj merged(Obj low, Obj high) {
    if (low instanceof Dict one && high instanceof Dict other) {
      return recursive ? merged(one, other) : high;
    }
    return low instanceof Obj.Listing(var one) && high instanceof Obj.Listing(var other)
        ? new Obj.Listing(merged(one, other))
        : high;
  }

  private List<Obj> merged(List<Obj> low, List<Obj> high) {
    return switch (lists) {
      case "keep" -> low;
      case "append" -> joined(low, high);
      case "prepend" -> joined(high, low);
      case "append_rp" -> joined(without(low, high), high);
      case "prepend_rp" -> joined(high, without(low, high));
      default -> high;
    };
  }

  private static List<Obj> joined(List<Obj> first, List<Obj> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private List<Obj> without(List<Obj> items, List<Obj> present) {
    environment.budget().steps((long) items.size() * present.size());
    return items.stream().filter(item -> !Equality.contains(present, item)).toList();
  }
}

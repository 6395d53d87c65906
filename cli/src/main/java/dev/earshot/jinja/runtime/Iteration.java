package dev.earshot.jinja.runtime;

import java.util.List;

/// What a loop, or a filter that loops, sees of an object.
public final class Iteration {

  private Iteration() {}

  /// The items; of a mapping its keys, of a string its characters.
  public static List<Obj> items(Obj object, Budget budget) {
    var items =
        switch (object) {
          case Obj.Items sequence -> sequence.items();
          case Obj.Mapping mapping -> mapping.keys();
          case Obj.Str str ->
              str.text()
                  .codePoints()
                  .<Obj>mapToObj(c -> new Obj.Str(Character.toString(c)))
                  .toList();
          case Obj.Undefined undefined -> throw undefined.failure();
          default -> throw new Failure("a " + object.type() + " has no items to go through");
        };
    budget.steps(items.size());
    return items;
  }

  /// Views and ranges made into lists, as Ansible does with what filters and templates return.
  public static Obj unrolled(Obj object) {
    return object instanceof Obj.View || object instanceof Obj.Range
        ? new Obj.Listing(((Obj.Items) object).items())
        : object;
  }
}

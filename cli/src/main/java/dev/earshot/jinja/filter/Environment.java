package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Budget;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Iteration;
import dev.earshot.jinja.runtime.Lookup;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.runtime.Operators;
import dev.earshot.jinja.runtime.Text;
import java.util.List;

/// Calls filters and tests by name, within the bounds of one rendering.
public final class Environment {

  private final Budget budget;
  private final Operators operators;
  private final Lookup lookup;

  public Environment(Budget budget) {
    this.budget = budget;
    this.operators = new Operators(budget);
    this.lookup = new Lookup(budget);
  }

  public Obj filter(String name, Obj value, Arguments arguments) {
    var filter =
        Names.filter(name).orElseThrow(() -> new Failure("the filter " + name + " is not known"));
    try {
      var result = filter.apply(value, arguments, this);
      arguments.end();
      return Iteration.unrolled(result);
    } catch (Failure.OfUndefined e) {
      throw e;
    } catch (Failure e) {
      throw new Failure("the filter " + name + ": " + e.getMessage());
    }
  }

  public boolean test(String name, Obj value, Arguments arguments) {
    var test =
        Names.test(name).orElseThrow(() -> new Failure("the test " + name + " is not known"));
    var result = test.holds(value, arguments, this);
    arguments.end();
    return result;
  }

  Budget budget() {
    return budget;
  }

  Operators operators() {
    return operators;
  }

  Lookup lookup() {
    return lookup;
  }

  String str(Obj object) {
    return Text.str(object, budget);
  }

  List<Obj> items(Obj object) {
    return Iteration.items(object, budget);
  }

  /// A value that must be text.
  static String text(Obj value) {
    return switch (value) {
      case Obj.Str str -> str.text();
      case Obj.Undefined undefined -> throw undefined.failure();
      default -> throw new Failure("it takes a string, not a " + value.type());
    };
  }
}

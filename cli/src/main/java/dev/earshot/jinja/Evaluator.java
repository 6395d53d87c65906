package dev.earshot.jinja;

import dev.earshot.jinja.filter.Environment;
import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Budget;
import dev.earshot.jinja.runtime.Dict;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Lookup;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.runtime.Operators;
import dev.earshot.jinja.runtime.Slices;
import dev.earshot.jinja.syntax.Expr;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Evaluates expressions.
final class Evaluator {

  private final Variables variables;
  private final Budget budget;
  private final Operators operators;
  private final Lookup lookup;
  private final Environment environment;
  private boolean sawUnsafe;

  Evaluator(Variables variables, Budget budget) {
    this.variables = variables;
    this.budget = budget;
    this.operators = new Operators(budget);
    this.lookup = new Lookup(budget);
    this.environment = new Environment(budget);
  }

  boolean sawUnsafe() {
    return sawUnsafe;
  }

  Obj evaluate(Expr expression, Frame frame) {
    budget.enter();
    var result =
        switch (expression) {
          case Expr.Literal(var value) -> Values.plain(value);
          case Expr.Name(var name) -> frame.find(name).orElseGet(() -> variable(name));
          case Expr.Attribute(var object, var name) ->
              lookup.attribute(evaluate(object, frame), name);
          case Expr.Item(var object, var index) -> item(evaluate(object, frame), index, frame);
          case Expr.Slice _ -> throw new Failure("a slice stands alone in its brackets");
          case Expr.Call(var callee, var arguments) ->
              call(evaluate(callee, frame), arguments(arguments, frame));
          case Expr.Filter filter -> filter(filter, frame);
          case Expr.Test(var operand, var name, var arguments) ->
              Obj.Bool.of(
                  environment.test(name, evaluate(operand, frame), arguments(arguments, frame)));
          case Expr.Not(var operand) -> Obj.Bool.of(!Numbers.isTrue(evaluate(operand, frame)));
          case Expr.Signed(var negative, var operand) ->
              operators.signed(negative, evaluate(operand, frame));
          case Expr.Arithmetic(var operator, var left, var right) ->
              operators.apply(operator, evaluate(left, frame), evaluate(right, frame));
          case Expr.And(var left, var right) -> {
            var first = evaluate(left, frame);
            yield Numbers.isTrue(first) ? evaluate(right, frame) : first;
          }
          case Expr.Or(var left, var right) -> {
            var first = evaluate(left, frame);
            yield Numbers.isTrue(first) ? first : evaluate(right, frame);
          }
          case Expr.Comparison comparison -> Obj.Bool.of(compare(comparison, frame));
          case Expr.Concatenation(var parts) ->
              new Obj.Str(operators.concatenate(all(parts, frame)));
          case Expr.Conditional conditional -> choose(conditional, frame);
          case Expr.TupleOf(var items) -> new Obj.Tuple(all(items, frame));
          case Expr.ListOf(var items) -> new Obj.Listing(all(items, frame));
          case Expr.DictOf(var entries) ->
              Dict.of(
                  entries.stream()
                      .map(entry ->
                          new Dict.Entry(
                              evaluate(entry.key(), frame), evaluate(entry.value(), frame)))
                      .toList());
        };
    budget.leave();
    return result;
  }

  private Obj variable(String name) {
    var found = variables.find(name);
    sawUnsafe = sawUnsafe || Values.isUnsafe(found);
    return found;
  }

  private List<Obj> all(List<Expr> expressions, Frame frame) {
    return expressions.stream().map(each -> evaluate(each, frame)).toList();
  }

  private Obj item(Obj object, Expr index, Frame frame) {
    return switch (index) {
      case Expr.Slice(var from, var to, var step) ->
          Slices.slice(object, bound(from, frame), bound(to, frame), bound(step, frame));
      case Expr.Literal _ -> lookup.literalItem(object, evaluate(index, frame));
      default -> lookup.item(object, evaluate(index, frame));
    };
  }

  private Obj bound(Optional<Expr> bound, Frame frame) {
    return bound.map(each -> evaluate(each, frame)).orElse(Obj.None.NONE);
  }

  private static Obj call(Obj callee, Arguments arguments) {
    return switch (callee) {
      case Obj.Function function -> function.body().call(arguments);
      case Obj.Undefined undefined -> throw undefined.failure();
      default -> throw new Failure("a " + callee.type() + " can't be called");
    };
  }

  private Arguments arguments(Expr.Arguments arguments, Frame frame) {
    var named = new LinkedHashMap<String, Obj>();
    for (var keyword : arguments.keywords()) {
      named.put(keyword.name(), evaluate(keyword.value(), frame));
    }
    return new Arguments(all(arguments.positional(), frame), named);
  }

  private Obj filter(Expr.Filter filter, Frame frame) {
    var operand = evaluate(filter.operand(), frame);
    var given = filter.arguments();
    boolean isDefault = filter.name().equals("default") || filter.name().equals("d");
    boolean needsDefault = operand instanceof Obj.Undefined undefined && undefined.missing();
    if (isDefault
        && !needsDefault
        && given.keywords().isEmpty()
        && given.positional().size() == 1) {
      return operand; // so that a lookup that isn't needed doesn't matter
    }
    return environment.filter(filter.name(), operand, arguments(given, frame));
  }

  private boolean compare(Expr.Comparison comparison, Frame frame) {
    var left = evaluate(comparison.first(), frame);
    for (var step : comparison.steps()) {
      var right = evaluate(step.right(), frame);
      if (!operators.compare(step.operator(), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private Obj choose(Expr.Conditional conditional, Frame frame) {
    if (Numbers.isTrue(evaluate(conditional.condition(), frame))) {
      return evaluate(conditional.then(), frame);
    }
    return conditional
        .otherwise()
        .map(otherwise -> evaluate(otherwise, frame))
        .orElse(Obj.Undefined.NO_ELSE);
  }
}

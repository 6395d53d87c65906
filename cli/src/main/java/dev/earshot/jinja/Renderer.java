package dev.earshot.jinja;

import dev.earshot.jinja.runtime.Budget;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Iteration;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.syntax.Expr;
import dev.earshot.jinja.syntax.Node;
import java.util.ArrayList;
import java.util.List;

/// Runs the statements of a template and collects what they print.
final class Renderer {

  private final Results results;
  private final Budget budget;
  private final boolean isNative;
  private final Evaluator evaluator;

  Renderer(Variables variables, Results results, Budget budget, boolean isNative) {
    this.results = results;
    this.budget = budget;
    this.isNative = isNative;
    this.evaluator = new Evaluator(variables, budget);
  }

  /// True if any variable that was used held an `!unsafe` text.
  boolean sawUnsafe() {
    return evaluator.sawUnsafe();
  }

  Obj evaluate(Expr expression) {
    return evaluator.evaluate(expression, new Frame(null));
  }

  /// The printed pieces.
  List<Obj> print(List<Node> nodes) {
    var pieces = new ArrayList<Obj>();
    run(nodes, new Frame(null), pieces);
    return pieces;
  }

  private void run(List<Node> nodes, Frame frame, List<Obj> pieces) {
    for (var node : nodes) {
      budget.step();
      switch (node) {
        case Node.Data(var text) -> pieces.add(new Obj.Str(text));
        case Node.Print(var expression) ->
            pieces.add(results.printed(evaluator.evaluate(expression, frame), isNative));
        case Node.If conditional -> branch(conditional, frame, pieces);
        case Node.For loop -> loop(loop, frame, pieces);
        case Node.Assign(var targets, var value) ->
            assign(targets, evaluator.evaluate(value, frame), frame);
        case Node.AssignAttribute(var target, var name, var value) -> {
          if (!(frame.find(target).orElse(null) instanceof Namespace namespace)) {
            throw new Failure("only the attributes of a namespace can be set");
          }
          namespace.set(name, evaluator.evaluate(value, frame));
        }
        case Node.Capture(var target, var body) -> {
          var captured = new ArrayList<Obj>();
          run(body, new Frame(frame), captured);
          frame.set(target, isNative ? results.nativeTypes(captured) : results.converted(captured));
        }
      }
    }
  }

  private void branch(Node.If conditional, Frame frame, List<Obj> pieces) {
    for (var branch : conditional.branches()) {
      if (Numbers.isTrue(evaluator.evaluate(branch.condition(), frame))) {
        run(branch.body(), frame, pieces);
        return;
      }
    }
    run(conditional.otherwise(), frame, pieces);
  }

  private void loop(Node.For loop, Frame frame, List<Obj> pieces) {
    var items = Iteration.items(evaluator.evaluate(loop.iterable(), frame), budget);
    var condition = loop.condition();
    if (condition.isPresent()) {
      var chosen = new ArrayList<Obj>();
      for (var item : items) {
        var inner = new Frame(frame);
        assign(loop.targets(), item, inner);
        if (Numbers.isTrue(evaluator.evaluate(condition.get(), inner))) {
          chosen.add(item);
        }
      }
      items = chosen;
    }
    if (items.isEmpty()) {
      run(loop.otherwise(), new Frame(frame), pieces);
    }
    for (int i = 0; i < items.size(); i++) {
      var inner = new Frame(frame);
      assign(loop.targets(), items.get(i), inner);
      inner.set("loop", new Loop(items, i));
      run(loop.body(), inner, pieces);
    }
  }

  private void assign(List<String> targets, Obj value, Frame frame) {
    if (targets.size() == 1) {
      frame.set(targets.getFirst(), value);
      return;
    }
    var parts = Iteration.items(value, budget);
    if (parts.size() != targets.size()) {
      throw new Failure("%d names can't take %d items".formatted(targets.size(), parts.size()));
    }
    for (int i = 0; i < parts.size(); i++) {
      frame.set(targets.get(i), parts.get(i));
    }
  }
}

package dev.earshot.jinja;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Budget;
import dev.earshot.jinja.runtime.Dict;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Iteration;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The functions that every template sees.
final class Globals {

  private static final int MAX_RANGE = 1_000_000;
  private static final Set<String> ENVIRONMENT = Set.of("env", "ansible.builtin.env");

  private Globals() {}

  static Optional<Obj> find(String name, Scope scope, Budget budget) {
    return switch (name) {
      case "range" -> Optional.of(new Obj.Function(name, Globals::range));
      case "dict" -> Optional.of(new Obj.Function(name, given -> dict(given, budget)));
      case "namespace" -> Optional.of(new Obj.Function(name, Globals::namespace));
      case "lookup" -> Optional.of(new Obj.Function(name, given -> lookup(given, scope)));
      case "query", "q", "now", "undef", "lipsum", "cycler", "joiner", "vars" ->
          throw new Failure(name + " is not supported");
      default -> Optional.empty();
    };
  }

  /// Of the environment alone: it asks nothing of hosts. Several values are one text, as Ansible
  /// gives them.
  private static Obj lookup(Arguments arguments, Scope scope) {
    String plugin = arguments.needText("plugin_name");
    if (!ENVIRONMENT.contains(plugin)) {
      throw new Failure("the lookup " + plugin + " is not supported");
    }
    List<String> values = new ArrayList<>();
    String otherwise =
        arguments
            .takeNamed("default")
            .map(given -> Arguments.of(given).needText("default"))
            .orElse("");
    for (Obj name : arguments.rest()) {
      values.add(scope.environment(Arguments.of(name).needText("name")).orElse(otherwise));
    }
    arguments.end();
    return new Obj.Str(String.join(",", values), true, false);
  }

  private static Obj range(Arguments arguments) {
    var first = arguments.need("start");
    var second = arguments.take("stop");
    int start = second.isPresent() ? Numbers.index(first) : 0;
    int stop = Numbers.index(second.orElse(first));
    int step = Numbers.index(arguments.take("step", new Obj.Int(1)));
    arguments.end();
    if (step == 0) {
      throw new Failure("the step of a range can't be zero");
    }
    long distance = step > 0 ? (long) stop - start : (long) start - stop;
    long size = Math.max(0, Math.ceilDiv(distance, Math.abs((long) step)));
    if (size > MAX_RANGE) {
      throw new Failure("a range is too long");
    }
    return new Obj.Range(start, stop, step, (int) size);
  }

  private static Obj dict(Arguments arguments, Budget budget) {
    var first = arguments.take("mapping");
    var named = Dict.of(arguments.named());
    arguments.end();
    return first.map(given -> entries(given, budget).with(named)).orElse(named);
  }

  private static Dict entries(Obj given, Budget budget) {
    if (given instanceof Dict dict) {
      return dict;
    }
    return Dict.of(
        Iteration.items(given, budget).stream()
            .map(pair -> Iteration.items(pair, budget))
            .map(pair -> {
              if (pair.size() != 2) {
                throw new Failure("dict() takes pairs");
              }
              return new Dict.Entry(pair.get(0), pair.get(1));
            })
            .toList());
  }

  private static Obj namespace(Arguments arguments) {
    var namespace = new Namespace(arguments.named());
    arguments.end();
    return namespace;
  }
}

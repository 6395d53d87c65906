package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Filters that apply other filters and tests, and those that choose between values.
final class SelectionFilters {

  static final Map<String, Filter> JINJA =
      Map.of(
          "default", SelectionFilters::orDefault,
          "d", SelectionFilters::orDefault,
          "map", SelectionFilters::map,
          "select", (value, arguments, env) -> select(value, arguments, env, false, true),
          "reject", (value, arguments, env) -> select(value, arguments, env, false, false),
          "selectattr", (value, arguments, env) -> select(value, arguments, env, true, true),
          "rejectattr", (value, arguments, env) -> select(value, arguments, env, true, false));

  private SelectionFilters() {}

  private static Obj orDefault(Obj value, Arguments arguments, Environment env) {
    var otherwise = arguments.take("default_value", new Obj.Str(""));
    boolean ifFalse = arguments.takeTruth("boolean", false);
    boolean missing = value instanceof Obj.Undefined undefined && undefined.missing();
    return missing || (ifFalse && !Numbers.isTrue(value)) ? otherwise : value;
  }

  private static Obj map(Obj value, Arguments arguments, Environment env) {
    if (!Numbers.isTrue(value)) {
      arguments.rest();
      arguments.named();
      return new Obj.Listing(List.of());
    }
    UnaryOperator<Obj> function = mapped(arguments, env);
    return new Obj.Listing(env.items(value).stream().map(function).toList());
  }

  private static UnaryOperator<Obj> mapped(Arguments arguments, Environment env) {
    var positional = arguments.rest();
    if (positional.isEmpty()) {
      var attribute =
          arguments
              .takeNamed("attribute")
              .orElseThrow(() -> new Failure("it needs a filter or an attribute"));
      var otherwise = arguments.takeNamed("default").orElse(Obj.None.NONE);
      return item -> {
        var found = env.lookup().path(item, attribute);
        boolean missing = found instanceof Obj.Undefined undefined && undefined.missing();
        return missing && !(otherwise instanceof Obj.None) ? otherwise : found;
      };
    }
    var name = name(positional.getFirst());
    var rest = positional.subList(1, positional.size());
    var named = arguments.named();
    return item -> env.filter(name, item, new Arguments(rest, named));
  }

  private static String name(Obj name) {
    return switch (name) {
      case Obj.Str str -> str.text();
      case Obj.Undefined undefined -> throw undefined.failure();
      default -> throw new Failure("the name of a filter or test must be a string");
    };
  }

  private static Obj select(
      Obj value, Arguments arguments, Environment env, boolean byAttribute, boolean wanted) {
    if (!Numbers.isTrue(value)) {
      arguments.rest();
      arguments.named();
      return new Obj.Listing(List.of());
    }
    UnaryOperator<Obj> attribute =
        byAttribute
            ? Attributes.getter(Optional.of(arguments.need("attribute")), env)
            : item -> item;
    Predicate<Obj> test = tested(arguments, env);
    return new Obj.Listing(
        env.items(value).stream()
            .filter(item -> test.test(attribute.apply(item)) == wanted)
            .toList());
  }

  private static Predicate<Obj> tested(Arguments arguments, Environment env) {
    var positional = arguments.rest();
    var named = arguments.named();
    if (positional.isEmpty()) {
      return Numbers::isTrue;
    }
    var name = name(positional.getFirst());
    var rest = positional.subList(1, positional.size());
    return item -> env.test(name, item, new Arguments(rest, named));
  }
}

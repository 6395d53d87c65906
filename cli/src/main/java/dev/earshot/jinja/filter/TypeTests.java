package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.runtime.Strings;
import java.util.Map;

/// Tests of what something is.
final class TypeTests {

  static final Map<String, Test> JINJA =
      Map.ofEntries(
          Map.entry("defined", (value, _, _) -> !isMissing(value)),
          Map.entry("undefined", (value, _, _) -> isMissing(value)),
          Map.entry("none", (value, _, _) -> value instanceof Obj.None),
          Map.entry("boolean", (value, _, _) -> value instanceof Obj.Bool),
          Map.entry("true", (value, _, _) -> value == Obj.Bool.TRUE),
          Map.entry("false", (value, _, _) -> value == Obj.Bool.FALSE),
          Map.entry("integer", (value, _, _) -> value instanceof Obj.Int),
          Map.entry("float", (value, _, _) -> value instanceof Obj.Real),
          Map.entry(
              "number",
              (value, _, _) ->
                  value instanceof Obj.Int
                      || value instanceof Obj.Real
                      || value instanceof Obj.Bool),
          Map.entry("string", (value, _, _) -> value instanceof Obj.Str),
          Map.entry("mapping", (value, _, _) -> value instanceof Obj.Mapping),
          Map.entry("iterable", (value, _, _) -> isIterable(value)),
          Map.entry("sequence", (value, _, _) -> isSequence(value)),
          Map.entry(
              "lower",
              (value, _, env) -> {
                var text = env.str(value);
                return hasCase(text) && text.equals(Strings.lower(text));
              }),
          Map.entry(
              "upper",
              (value, _, env) -> {
                var text = env.str(value);
                return hasCase(text) && text.equals(Strings.upper(text));
              }),
          Map.entry("sameas", (value, arguments, _) -> isSame(value, arguments.need("other"))));

  private TypeTests() {}

  private static boolean isMissing(Obj value) {
    return value instanceof Obj.Undefined undefined && undefined.missing();
  }

  private static boolean isIterable(Obj value) {
    return switch (value) {
      case Obj.Str _, Obj.Items _, Obj.Mapping _ -> true;
      case Obj.Undefined undefined -> throw undefined.failure();
      default -> false;
    };
  }

  private static boolean isSequence(Obj value) {
    return switch (value) {
      case Obj.Str _, Obj.Listing _, Obj.Tuple _, Obj.Range _, Obj.Mapping _ -> true;
      default -> false;
    };
  }

  private static boolean hasCase(String text) {
    return text.codePoints()
        .anyMatch(
            c -> Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c));
  }

  private static boolean isSame(Obj value, Obj other) {
    if (value instanceof Obj.None || value instanceof Obj.Bool) {
      return value.equals(other);
    }
    if (other instanceof Obj.None || other instanceof Obj.Bool) {
      return false;
    }
    throw new Failure("whether two objects are the same is known for booleans and none only");
  }
}

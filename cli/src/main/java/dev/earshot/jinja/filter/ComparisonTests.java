package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Equality;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.runtime.PythonRegex;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Tests that compare with something.
final class ComparisonTests {

  private static final Set<String> TRUE = Set.of("y", "yes", "on", "1", "true", "t");
  private static final Set<String> FALSE = Set.of("n", "no", "off", "0", "false", "f");

  static final Map<String, Test> JINJA = jinja();

  static final Map<String, Test> ANSIBLE =
      Map.ofEntries(
          Map.entry(
              "contains",
              (value, given, env) -> env.operators().contains(value, given.need("value"))),
          Map.entry("subset", (value, given, env) -> includes(given.need("b"), value, env)),
          Map.entry("issubset", (value, given, env) -> includes(given.need("b"), value, env)),
          Map.entry("superset", (value, given, env) -> includes(value, given.need("b"), env)),
          Map.entry("issuperset", (value, given, env) -> includes(value, given.need("b"), env)),
          Map.entry("any", (value, _, env) -> env.items(value).stream().anyMatch(Numbers::isTrue)),
          Map.entry("all", (value, _, env) -> env.items(value).stream().allMatch(Numbers::isTrue)),
          Map.entry("match", (value, given, env) -> matches(value, given, env, "match")),
          Map.entry("search", (value, given, env) -> matches(value, given, env, "search")),
          Map.entry("regex", (value, given, env) -> matches(value, given, env, "search")),
          Map.entry("truthy", ComparisonTests::truthy),
          Map.entry("falsy", (value, given, env) -> !truthy(value, given, env)),
          Map.entry("version", VersionTest::holds),
          Map.entry("version_compare", VersionTest::holds));

  private ComparisonTests() {}

  private static Map<String, Test> jinja() {
    var tests = new HashMap<String, Test>();
    Map.of(
            "==", List.of("==", "eq", "equalto"),
            "!=", List.of("!=", "ne"),
            "<", List.of("<", "lt", "lessthan"),
            "<=", List.of("<=", "le"),
            ">", List.of(">", "gt", "greaterthan"),
            ">=", List.of(">=", "ge"),
            "in", List.of("in"))
        .forEach((operator, names) ->
            names.forEach(name ->
                tests.put(
                    name,
                    (value, given, env) ->
                        env.operators().compare(operator, value, given.need("b")))));
    tests.put("odd", (value, _, env) -> rest(value, new Obj.Int(2), env, 1));
    tests.put("even", (value, _, env) -> rest(value, new Obj.Int(2), env, 0));
    tests.put("divisibleby", (value, given, env) -> rest(value, given.need("num"), env, 0));
    return tests;
  }

  private static boolean rest(Obj value, Obj divisor, Environment env, int wanted) {
    return Equality.equal(env.operators().apply("%", value, divisor), new Obj.Int(wanted));
  }

  private static boolean includes(Obj all, Obj some, Environment env) {
    var keys = new HashSet<>();
    env.items(all).forEach(item -> keys.add(Equality.hashKey(item)));
    return env.items(some).stream()
        .map(Equality::hashKey)
        .filter(key -> !keys.contains(key))
        .findFirst()
        .isEmpty();
  }

  private static boolean matches(Obj value, Arguments given, Environment env, String standard) {
    var pattern = given.takeText("pattern", "");
    boolean ignoreCase = given.takeTruth("ignorecase", false);
    boolean multiline = given.takeTruth("multiline", false);
    var regex = PythonRegex.compile(pattern, ignoreCase, multiline);
    var text = env.str(value);
    return standard.equals("match")
        ? regex.matches(text, env.budget())
        : regex.occurs(text, env.budget());
  }

  private static boolean truthy(Obj value, Arguments given, Environment env) {
    if (given.takeTruth("convert_bool", false) && value instanceof Obj.Str(var text, _, _)) {
      var word = text.strip().toLowerCase(Locale.ROOT);
      if (TRUE.contains(word)) {
        return true;
      }
      if (FALSE.contains(word)) {
        return false;
      }
    }
    return Numbers.isTrue(value);
  }
}

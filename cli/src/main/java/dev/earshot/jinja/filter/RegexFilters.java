package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.runtime.PythonRegex;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;

/// Filters with regular expressions.
final class RegexFilters {

  private static final Pattern GROUP = Pattern.compile("\\\\(?:g<(\\S+)>|([0-9]+))");
  private static final String SPECIAL = "()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f";

  static final Map<String, Filter> ANSIBLE =
      Map.of(
          "regex_replace", RegexFilters::replace,
          "regex_search", RegexFilters::search,
          "regex_findall", RegexFilters::findAll,
          "regex_escape", RegexFilters::escape);

  private RegexFilters() {}

  private static Obj replace(Obj value, Arguments arguments, Environment env) {
    var pattern = arguments.takeText("pattern", "");
    var replacement = arguments.takeText("replacement", "");
    boolean ignoreCase = arguments.takeTruth("ignorecase", false);
    boolean multiline = arguments.takeTruth("multiline", false);
    return new Obj.Str(
        PythonRegex.compile(pattern, ignoreCase, multiline)
            .replaceAll(env.str(value), replacement, env.budget()));
  }

  private static Obj findAll(Obj value, Arguments arguments, Environment env) {
    var pattern = arguments.needText("regex");
    boolean multiline = arguments.takeTruth("multiline", false);
    boolean ignoreCase = arguments.takeTruth("ignorecase", false);
    return new Obj.Listing(
        PythonRegex.compile(pattern, ignoreCase, multiline).findAll(env.str(value), env.budget()));
  }

  private static Obj search(Obj value, Arguments arguments, Environment env) {
    var pattern = arguments.needText("regex");
    var wanted = arguments.rest();
    boolean ignoreCase = truth(arguments, "ignorecase");
    boolean multiline = truth(arguments, "multiline");
    var regex = PythonRegex.compile(pattern, ignoreCase, multiline);
    var groups = new ArrayList<String>();
    for (var each : wanted) {
      var match = GROUP.matcher(Environment.text(each));
      if (!match.lookingAt()) {
        throw new Failure("a group must be like \\1 or \\g<name>");
      }
      groups.add(match.group(1) == null ? match.group(2) : match.group(1));
    }
    var found = regex.search(env.str(value), env.budget());
    if (found.isEmpty()) {
      return Obj.None.NONE;
    }
    var match = found.get();
    if (groups.isEmpty()) {
      return new Obj.Str(match.group());
    }
    var items = new ArrayList<Obj>();
    for (var group : groups) {
      items.add(
          regex.group(
              match,
              group.matches("[0-9]{1,4}") ? Integer.parseInt(group) : regex.groupNamed(group)));
    }
    return new Obj.Listing(items);
  }

  private static boolean truth(Arguments arguments, String name) {
    return arguments.takeNamed(name).map(Numbers::isTrue).orElse(false);
  }

  private static Obj escape(Obj value, Arguments arguments, Environment env) {
    if (!arguments.takeText("re_type", "python").equals("python")) {
      throw new Failure("its argument re_type is not supported");
    }
    var out = new StringBuilder();
    env.str(value)
        .chars()
        .forEach(c -> out.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append((char) c));
    return new Obj.Str(out.toString());
  }
}

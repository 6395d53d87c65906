package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Dict;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Lookup;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.runtime.PercentFormat;
import dev.earshot.jinja.runtime.Strings;
import dev.earshot.python.PythonText;
import java.util.Map;
import java.util.regex.Pattern;

/// Filters on text.
final class StringFilters {

  private static final Pattern WORD_BEGINNING = Pattern.compile("[-\\s({\\[<]+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");
  private static final Pattern SHELL_SAFE = Pattern.compile("[\\w@%+=:,./-]+");

  static final Map<String, Filter> JINJA =
      Map.ofEntries(
          Map.entry("lower", (value, _, env) -> new Obj.Str(Strings.lower(env.str(value)))),
          Map.entry("upper", (value, _, env) -> new Obj.Str(Strings.upper(env.str(value)))),
          Map.entry(
              "capitalize", (value, _, env) -> new Obj.Str(Strings.capitalize(env.str(value)))),
          Map.entry("title", (value, _, env) -> new Obj.Str(title(env.str(value)))),
          Map.entry("trim", StringFilters::trim),
          Map.entry("replace", StringFilters::replace),
          Map.entry("string", (value, _, env) -> new Obj.Str(env.str(value), false, true)),
          Map.entry("format", StringFilters::format),
          Map.entry("indent", StringFilters::indent),
          Map.entry("center", StringFilters::center),
          Map.entry(
              "wordcount",
              (value, _, env) -> new Obj.Int(WORD.matcher(env.str(value)).results().count())));

  static final Map<String, Filter> ANSIBLE =
      Map.of(
          "split", StringFilters::split,
          "quote", (value, _, env) -> new Obj.Str(quoted(value, env)),
          "type_debug", (value, _, _) -> new Obj.Str(type(value)));

  private StringFilters() {}

  private static String title(String text) {
    var out = new StringBuilder();
    int at = 0;
    var beginning = WORD_BEGINNING.matcher(text);
    while (beginning.find()) {
      out.append(Strings.capitalize(text.substring(at, beginning.start())));
      out.append(beginning.group());
      at = beginning.end();
    }
    return out.append(Strings.capitalize(text.substring(at))).toString();
  }

  private static Obj trim(Obj value, Arguments arguments, Environment env) {
    var text = env.str(value);
    return switch (arguments.take("chars", Obj.None.NONE)) {
      case Obj.None _ -> new Obj.Str(PythonText.strip(text));
      case Obj.Str(var set, _, _) ->
          new Obj.Str(Strings.strip(text, c -> set.indexOf(c) >= 0, true, true));
      default -> throw new Failure("its argument must be a string");
    };
  }

  private static Obj replace(Obj value, Arguments arguments, Environment env) {
    var old = env.str(arguments.need("old"));
    var fresh = env.str(arguments.need("new"));
    var count = arguments.take("count", Obj.None.NONE);
    int limit = count instanceof Obj.None ? -1 : Numbers.index(count);
    return new Obj.Str(Strings.replace(env.str(value), old, fresh, limit, env.budget()));
  }

  private static Obj format(Obj value, Arguments arguments, Environment env) {
    var positional = arguments.rest();
    var named = arguments.named();
    if (!positional.isEmpty() && !named.isEmpty()) {
      throw new Failure("it takes positional or named arguments, not both");
    }
    var given = named.isEmpty() ? new Obj.Tuple(positional) : Dict.of(named);
    return new Obj.Str(PercentFormat.format(env.str(value), given, env.budget()));
  }

  private static Obj indent(Obj value, Arguments arguments, Environment env) {
    var width = arguments.take("width", new Obj.Int(4));
    boolean first = arguments.takeTruth("first", false);
    boolean blank = arguments.takeTruth("blank", false);
    var text = Environment.text(value);
    int size = width instanceof Obj.Str ? 0 : Math.max(0, Numbers.index(width));
    env.budget().characters(size);
    var indent = width instanceof Obj.Str str ? str.text() : " ".repeat(size);
    var lines = Strings.lines(text + "\n");
    env.budget().characters((long) indent.length() * lines.size());
    var out = new StringBuilder(first ? indent : "");
    for (int i = 0; i < lines.size(); i++) {
      if (i > 0) {
        out.append('\n').append(blank || !lines.get(i).isEmpty() ? indent : "");
      }
      out.append(lines.get(i));
    }
    return new Obj.Str(out.toString());
  }

  private static Obj center(Obj value, Arguments arguments, Environment env) {
    var text = env.str(value);
    int width = Numbers.index(arguments.take("width", new Obj.Int(80)));
    int missing = Math.max(0, width - text.codePointCount(0, text.length()));
    env.budget().characters(missing);
    int left = missing / 2 + (missing & width & 1);
    return new Obj.Str(" ".repeat(left) + text + " ".repeat(missing - left));
  }

  private static Obj split(Obj value, Arguments arguments, Environment env) {
    var method = new Lookup(env.budget()).attribute(new Obj.Str(Environment.text(value)), "split");
    if (!(method instanceof Obj.Function function)) {
      throw new Failure("there is no split()");
    }
    return function.body().call(arguments);
  }

  private static String quoted(Obj value, Environment env) {
    var text = value instanceof Obj.None ? "" : env.str(value);
    return SHELL_SAFE.matcher(text).matches() ? text : "'" + text.replace("'", "'\"'\"'") + "'";
  }

  private static String type(Obj value) {
    return switch (value) {
      case Obj.None _ -> "NoneType";
      case Obj.Int _, Obj.Real _, Obj.Bool _, Obj.Listing _, Obj.Tuple _, Dict _ -> value.type();
      case Obj.Str _,
          Obj.Date _,
          Obj.View _,
          Obj.Range _,
          Obj.LazyMapping _,
          Obj.WithAttributes _,
          Obj.Function _,
          Obj.Undefined _ ->
          throw new Failure("it depends on Ansible's inner workings for a " + value.type());
    };
  }
}

package dev.earshot.jinja.runtime;

import dev.earshot.python.PythonText;
import java.util.List;
import java.util.Optional;

/// The methods of strings.
final class StringMethods {

  private final String text;
  private final Arguments arguments;
  private final Budget budget;

  private StringMethods(String text, Arguments arguments, Budget budget) {
    this.text = text;
    this.arguments = arguments;
    this.budget = budget;
  }

  static Optional<Obj> find(String text, String name, Budget budget) {
    return switch (name) {
      case "split",
          "rsplit",
          "splitlines",
          "strip",
          "lstrip",
          "rstrip",
          "upper",
          "lower",
          "title",
          "capitalize",
          "startswith",
          "endswith",
          "replace",
          "join",
          "format",
          "find",
          "index",
          "rfind",
          "count",
          "isdigit",
          "zfill",
          "removeprefix",
          "removesuffix" ->
          Methods.function(
              name,
              arguments -> {
                var result = new StringMethods(text, arguments, budget).call(name);
                arguments.end();
                return result;
              });
      default -> Optional.empty();
    };
  }

  private Obj call(String name) {
    return switch (name) {
      case "split", "rsplit" -> split(name.equals("rsplit"));
      case "splitlines" -> Strings.list(Strings.lines(text));
      case "strip" -> stripped(true, true);
      case "lstrip" -> stripped(true, false);
      case "rstrip" -> stripped(false, true);
      case "upper" -> new Obj.Str(Strings.upper(text));
      case "lower" -> new Obj.Str(Strings.lower(text));
      case "title" -> new Obj.Str(Strings.title(text));
      case "capitalize" -> new Obj.Str(Strings.capitalize(text));
      case "startswith" -> affix(true);
      case "endswith" -> affix(false);
      case "replace" -> replace();
      case "join" -> join();
      case "format" -> new Obj.Str(BraceFormat.format(text, arguments, budget));
      case "find" -> new Obj.Int(position(text.indexOf(sought())));
      case "rfind" -> new Obj.Int(position(text.lastIndexOf(sought())));
      case "index" -> {
        int position = position(text.indexOf(sought()));
        if (position < 0) {
          throw new Failure("index() found no such text");
        }
        yield new Obj.Int(position);
      }
      case "count" -> new Obj.Int(count(sought()));
      case "isdigit" -> Obj.Bool.of(!text.isEmpty() && text.chars().allMatch(Character::isDigit));
      case "zfill" -> zeroFilled();
      case "removeprefix" -> {
        var prefix = sought();
        yield new Obj.Str(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
      }
      case "removesuffix" -> {
        var suffix = sought();
        boolean found = text.endsWith(suffix);
        yield new Obj.Str(found ? text.substring(0, text.length() - suffix.length()) : text);
      }
      default -> throw new Failure("the method " + name + " is not supported");
    };
  }

  private String sought() {
    return arguments.needText("sub");
  }

  private int position(int index) {
    return index < 0 ? index : text.codePointCount(0, index);
  }

  private int count(String part) {
    if (part.isEmpty()) {
      return text.codePointCount(0, text.length()) + 1;
    }
    int count = 0;
    for (int i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + part.length())) {
      count++;
    }
    return count;
  }

  private Obj split(boolean fromTheRight) {
    var separator = arguments.take("sep", Obj.None.NONE);
    int limit = Numbers.index(arguments.take("maxsplit", new Obj.Int(-1)));
    var parts =
        switch (separator) {
          case Obj.None _ -> Strings.words(text, limit, fromTheRight);
          case Obj.Str(var between, _, _) -> Strings.split(text, between, limit, fromTheRight);
          case Obj.Undefined undefined -> throw undefined.failure();
          default -> throw new Failure("split() takes a string, not a " + separator.type());
        };
    budget.steps(parts.size());
    return Strings.list(parts);
  }

  private Obj stripped(boolean left, boolean right) {
    var characters = arguments.take("chars", Obj.None.NONE);
    return new Obj.Str(
        switch (characters) {
          case Obj.None _ -> Strings.strip(text, PythonText::isSpace, left, right);
          case Obj.Str(var set, _, _) -> Strings.strip(text, c -> set.indexOf(c) >= 0, left, right);
          case Obj.Undefined undefined -> throw undefined.failure();
          default -> throw new Failure("strip() takes a string, not a " + characters.type());
        });
  }

  private Obj affix(boolean start) {
    var affix = arguments.need("affix");
    var options = affix instanceof Obj.Tuple(var items) ? items : List.of(affix);
    for (var option : options) {
      if (option instanceof Obj.Undefined undefined) {
        throw undefined.failure();
      }
      if (!(option instanceof Obj.Str str)) {
        throw new Failure("startswith() and endswith() take a string, not a " + option.type());
      }
      if (start ? text.startsWith(str.text()) : text.endsWith(str.text())) {
        return Obj.Bool.TRUE;
      }
    }
    return Obj.Bool.FALSE;
  }

  private Obj replace() {
    var old = arguments.needText("old");
    var fresh = arguments.needText("new");
    int count = Numbers.index(arguments.take("count", new Obj.Int(-1)));
    return new Obj.Str(Strings.replace(text, old, fresh, count, budget));
  }

  private Obj join() {
    var items = Iteration.items(arguments.need("iterable"), budget);
    for (var item : items) {
      if (item instanceof Obj.Undefined undefined) {
        throw undefined.failure();
      }
      if (!(item instanceof Obj.Str)) {
        throw new Failure("the method join() takes strings, not a " + item.type());
      }
    }
    return new Obj.Str(Strings.join(text, items, budget));
  }

  private Obj zeroFilled() {
    int width = Numbers.index(arguments.need("width"));
    budget.characters(width);
    int length = text.codePointCount(0, text.length());
    boolean signed = text.startsWith("-") || text.startsWith("+");
    var zeros = "0".repeat(Math.max(0, width - length));
    return new Obj.Str(signed ? text.charAt(0) + zeros + text.substring(1) : zeros + text);
  }
}

package dev.earshot.jinja.runtime;

import dev.earshot.python.PythonNumbers;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `'{} is {1:>5}'.format(name, number)`
final class BraceFormat {

  private static final Pattern FIELD =
      Pattern.compile(
          "\\{(?<name>\\w*+)(?<path>(?:\\.\\w++|\\[[^\\]{}]++\\])*+)(?:!(?<conversion>[rs]))?"
              + "(?::(?<spec>[^{}]*+))?\\}");
  private static final Pattern SPEC =
      Pattern.compile(
          "(?:(?<fill>.)?(?<align>[<>^=]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?"
              + "(?<width>\\d{1,7})?(?<grouped>,)?(?:\\.(?<precision>\\d{1,7}))?"
              + "(?<type>[sdxXobeEfFgG%])?",
          Pattern.DOTALL);
  private static final Pattern STEP = Pattern.compile("\\.(\\w+)|\\[([^\\]]+)\\]");

  private final List<Obj> positional;
  private final Map<String, Obj> named;
  private final Budget budget;
  private int next;
  private boolean numbered;

  private BraceFormat(Arguments arguments, Budget budget) {
    this.positional = arguments.rest();
    this.named = arguments.named();
    this.budget = budget;
  }

  static String format(String format, Arguments arguments, Budget budget) {
    return new BraceFormat(arguments, budget).run(format);
  }

  private String run(String format) {
    var out = new StringBuilder();
    var match = FIELD.matcher(format);
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at);
      if (c != '{' && c != '}') {
        out.append(c);
        at++;
      } else if (format.startsWith(String.valueOf(c), at + 1)) {
        out.append(c);
        at += 2;
      } else {
        if (!match.region(at, format.length()).lookingAt()) {
          throw new Failure("a format between braces is malformed or not supported");
        }
        var text = field(match);
        budget.characters(text.length());
        out.append(text);
        at = match.end();
      }
    }
    return out.toString();
  }

  private String field(Matcher match) {
    var value = argument(match.group("name"));
    var step = STEP.matcher(match.group("path"));
    while (step.find()) {
      if (step.group(2) == null) {
        throw new Failure("attributes in format() are not supported");
      }
      var key = step.group(2);
      boolean index = key.matches("\\d{1,9}");
      value =
          new Lookup(budget)
              .literalItem(value, index ? new Obj.Int(Integer.parseInt(key)) : new Obj.Str(key));
    }
    if (match.group("conversion") != null) {
      value =
          new Obj.Str(
              match.group("conversion").equals("r")
                  ? Text.repr(value, budget)
                  : Text.str(value, budget));
    }
    var spec = match.group("spec");
    return spec == null || spec.isEmpty() ? Text.str(value, budget) : formatted(value, spec);
  }

  private Obj argument(String name) {
    if (name.isEmpty() || name.matches("\\d{1,6}")) {
      int index = name.isEmpty() ? next++ : Integer.parseInt(name);
      numbered = numbered || !name.isEmpty();
      if (numbered && next > 0) {
        throw new Failure("format() can't mix fields with and without numbers");
      }
      if (index >= positional.size()) {
        throw new Failure("format() has too few arguments");
      }
      return positional.get(index);
    }
    var value = named.get(name);
    if (value == null) {
      throw new Failure("format() has no argument '" + name + "'");
    }
    return value;
  }

  private String formatted(Obj value, String text) {
    var match = SPEC.matcher(text);
    if (!match.matches()) {
      throw new Failure("a format between braces is malformed or not supported");
    }
    boolean isText = value instanceof Obj.Str;
    boolean isReal = value instanceof Obj.Real;
    boolean zero = match.group("zero") != null;
    var type = match.group("type");
    var fill = match.group("fill");
    var align = match.group("align");
    var spec =
        new FormatSpec(
            fill != null ? fill : zero ? "0" : " ",
            align != null ? align.charAt(0) : isText ? '<' : zero ? '=' : '>',
            match.group("sign") == null ? '-' : match.group("sign").charAt(0),
            match.group("alternate") != null,
            match.group("grouped") != null,
            match.group("width") == null ? 0 : Integer.parseInt(match.group("width")),
            match.group("precision") == null ? -1 : Integer.parseInt(match.group("precision")),
            type != null ? type.charAt(0) : isText ? 's' : isReal ? 'r' : 'd');
    if (isText) {
      if (spec.type() != 's' || spec.align() == '=' || spec.sign() != '-') {
        throw new Failure("a format for numbers can't be used with a string");
      }
      return spec.text(Text.str(value, budget));
    }
    if (spec.type() == 'r' && spec.precision() < 0 && value instanceof Obj.Real(var real)) {
      return spec.text(PythonNumbers.repr(real));
    }
    if ("eEfFgG%".indexOf(spec.type()) >= 0) {
      return spec.real(Numbers.real(value).orElseThrow(BraceFormat::wrong));
    }
    if (spec.precision() >= 0 || spec.type() == 's') {
      throw wrong();
    }
    return spec.whole(Numbers.whole(value).orElseThrow(BraceFormat::wrong));
  }

  private static Failure wrong() {
    return new Failure("a format between braces doesn't fit its argument");
  }
}

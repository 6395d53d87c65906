package dev.earshot.jinja.runtime;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `'%s is %d' % (name, number)`
public final class PercentFormat {

  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "%(?:\\((?<key>[^()]*+)\\))?(?<flags>[-+ 0#]*+)(?<width>\\*|\\d{0,7})"
              + "(?:\\.(?<precision>\\*|\\d{0,7}))?(?<type>[sdiuxXorcfFeEgG%])");

  private final Obj arguments;
  private final List<Obj> positional;
  private final Budget budget;
  private int next;
  private boolean keyed;

  private PercentFormat(Obj arguments, Budget budget) {
    this.arguments = arguments;
    this.positional = arguments instanceof Obj.Tuple(var items) ? items : List.of(arguments);
    this.budget = budget;
  }

  public static String format(String format, Obj arguments, Budget budget) {
    return new PercentFormat(arguments, budget).run(format);
  }

  private String run(String format) {
    var out = new StringBuilder();
    var match = DIRECTIVE.matcher(format);
    int at = 0;
    for (int percent = format.indexOf('%'); percent >= 0; percent = format.indexOf('%', at)) {
      out.append(format, at, percent);
      if (!match.region(percent, format.length()).lookingAt()) {
        throw new Failure("a format after a percent sign is malformed");
      }
      var text = match.group("type").charAt(0) == '%' ? String.valueOf('%') : directive(match);
      budget.characters(text.length());
      out.append(text);
      at = match.end();
    }
    boolean unused = next < positional.size() && !keyed && !(arguments instanceof Obj.Mapping);
    if (unused && !(arguments instanceof Obj.Listing && next == 0)) {
      throw new Failure("not all arguments of a format are used");
    }
    return out.append(format.substring(at)).toString();
  }

  private String directive(Matcher match) {
    var flags = match.group("flags");
    int width = number(match.group("width"));
    int precision = match.group("precision") == null ? -1 : number(match.group("precision"));
    boolean left = flags.contains("-") || width < 0;
    char type = match.group("type").charAt(0);
    var value = match.group("key") == null ? take() : keyed(match.group("key"));
    boolean isNumber = "srca".indexOf(type) < 0;
    boolean zero = flags.contains("0") && !left && isNumber;
    char sign = flags.contains("+") ? '+' : flags.contains(" ") ? ' ' : '-';
    var spec =
        new FormatSpec(
            zero ? "0" : " ",
            left ? '<' : zero ? '=' : '>',
            sign,
            flags.contains("#"),
            false,
            Math.abs(width),
            precision,
            type);
    return switch (type) {
      case 's' -> spec.text(Text.str(value, budget));
      case 'r' -> spec.text(Text.repr(value, budget));
      case 'd', 'i', 'u' -> spec.whole(truncated(value));
      case 'x', 'X', 'o' -> spec.whole(Numbers.whole(value).orElseThrow(() -> wrong(type, value)));
      case 'c' -> throw new Failure("the format c is not supported");
      default -> spec.real(Numbers.real(value).orElseThrow(() -> wrong(type, value)));
    };
  }

  private static BigInteger truncated(Obj value) {
    if (value instanceof Obj.Real(var real)
        && Numbers.truncated(real).orElse(null) instanceof Obj.Int(var whole)) {
      return whole;
    }
    return Numbers.whole(value).orElseThrow(() -> wrong('d', value));
  }

  private static Failure wrong(char type, Obj value) {
    return new Failure("%%%s can't format a %s".formatted(type, value.type()));
  }

  private int number(String digits) {
    if (digits.equals("*")) {
      return Numbers.index(take());
    }
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private Obj take() {
    if (next >= positional.size()) {
      throw new Failure("there are fewer arguments than formats");
    }
    return positional.get(next++);
  }

  private Obj keyed(String key) {
    keyed = true;
    if (arguments instanceof Obj.Undefined undefined) {
      throw undefined.failure();
    }
    if (!(arguments instanceof Obj.Mapping mapping)) {
      throw new Failure("a format with a name needs a mapping");
    }
    return mapping
        .get(new Obj.Str(key))
        .orElseThrow(() -> new Failure("the mapping has no key '" + key + "'"));
  }
}

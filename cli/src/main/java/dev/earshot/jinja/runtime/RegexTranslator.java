package dev.earshot.jinja.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rewrites a regular expression from Python's syntax to Java's. What has no counterpart is a
/// failure.
final class RegexTranslator {

  /// What belongs into brackets for Python's `\w`, `\d` and `\s`.
  private static final String WORD = "\\p{L}\\p{N}_";

  private static final String DIGIT = "\\p{Nd}";
  private static final String SPACE = "\\t-\\r\\x1c-\\x20\\x85\\p{Z}";

  private static final Pattern QUANTIFIER = Pattern.compile("\\{(\\d*)(,?)(\\d*)\\}");
  private static final Pattern NAMED = Pattern.compile("\\(\\?P<([A-Za-z_]\\w*)>");
  private static final Pattern NAMED_REFERENCE = Pattern.compile("\\(\\?P=(\\w+)\\)");
  private static final Pattern COMMENT = Pattern.compile("\\(\\?#[^)]*\\)");
  private static final Pattern FLAGS = Pattern.compile("\\(\\?([imsu]+)\\)");
  private static final Pattern PLAIN_GROUP =
      Pattern.compile("\\(\\?(?:[:=!>]|<[=!]|[ims]+(?:-[ims]+)?:|-[ims]+:)");

  private final String regex;
  private final StringBuilder out = new StringBuilder();
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private int at;
  private int groups;

  RegexTranslator(String regex) {
    this.regex = regex;
  }

  PythonRegex.Translated translate() {
    while (at < regex.length()) {
      char c = regex.charAt(at);
      switch (c) {
        case '\\' -> escape(false);
        case '[' -> set();
        case '(' -> group();
        case '{' -> brace();
        default -> {
          out.append(c);
          at++;
        }
      }
    }
    return new PythonRegex.Translated(out.toString(), names);
  }

  private static Failure unsupported() {
    return new Failure("a regular expression is malformed, or not supported");
  }

  private Matcher here(Pattern pattern) {
    var match = pattern.matcher(regex).region(at, regex.length());
    return match.lookingAt() ? match : pattern.matcher("");
  }

  private boolean take(Matcher match) {
    boolean found = match.hasMatch();
    at = found ? match.end() : at;
    return found;
  }

  /// What isn't a quantifier is a brace.
  private void brace() {
    var match = here(QUANTIFIER);
    boolean counts = match.hasMatch() && !(match.group(1).isEmpty() && match.group(3).isEmpty());
    if (!counts || (match.group(2).isEmpty() && !match.group(3).isEmpty())) {
      out.append("\\{");
      at++;
      return;
    }
    var least = match.group(1).isEmpty() ? "0" : match.group(1);
    out.append('{').append(least).append(match.group(2)).append(match.group(3)).append('}');
    take(match);
  }

  private void group() {
    if (!regex.startsWith("(?", at)) {
      groups++;
      out.append('(');
      at++;
      return;
    }
    var named = here(NAMED);
    var reference = here(NAMED_REFERENCE);
    var flags = here(FLAGS);
    var plain = here(PLAIN_GROUP);
    if (take(named)) {
      names.put(named.group(1), ++groups);
      out.append('(');
    } else if (take(reference)) {
      var number = names.get(reference.group(1));
      if (number == null) {
        throw unsupported();
      }
      out.append("(?:\\").append(number).append(')');
    } else if (here(COMMENT).hasMatch()) {
      take(here(COMMENT));
    } else if (flags.hasMatch() && at == 0) {
      take(flags);
      var letters = flags.group(1).replace("u", "").replace("i", "iu");
      out.append(letters.isEmpty() ? "" : "(?" + letters + ")");
    } else if (plain.hasMatch()) {
      take(plain);
      out.append(plain.group().contains("i") ? plain.group().replace("i", "iu") : plain.group());
    } else {
      throw unsupported();
    }
  }

  private void set() {
    out.append('[');
    at++;
    if (regex.startsWith("^", at)) {
      out.append('^');
      at++;
    }
    boolean first = true;
    while (at < regex.length() && (first || regex.charAt(at) != ']')) {
      char c = regex.charAt(at);
      if (c == '\\') {
        escape(true);
      } else {
        out.append("[]&^~|".indexOf(c) >= 0 ? "\\" : "").append(c);
        at++;
      }
      first = false;
    }
    if (at == regex.length()) {
      throw unsupported();
    }
    out.append(']');
    at++;
  }

  private void escape(boolean inSet) {
    if (at + 1 == regex.length()) {
      throw unsupported();
    }
    char c = regex.charAt(at + 1);
    at += 2;
    switch (c) {
      case 'w' -> out.append(inSet ? WORD : "[" + WORD + "]");
      case 'd' -> out.append(inSet ? DIGIT : "[" + DIGIT + "]");
      case 's' -> out.append(inSet ? SPACE : "[" + SPACE + "]");
      case 'W' -> out.append("[^").append(WORD).append(']');
      case 'D' -> out.append("[^").append(DIGIT).append(']');
      case 'S' -> out.append("[^").append(SPACE).append(']');
      case 'b' -> out.append(inSet ? "\\x08" : boundary(true));
      case 'B' -> out.append(inSet ? fail() : boundary(false));
      case 'A' -> out.append(inSet ? fail() : "\\A");
      case 'Z' -> out.append(inSet ? fail() : "\\z");
      case 'v' -> out.append("\\x0B");
      case 'a', 'f', 'n', 'r', 't' -> out.append('\\').append(c);
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      case 'U' -> hex(8);
      case '0' -> throw unsupported();
      default -> other(c, inSet);
    }
  }

  private static String fail() {
    throw unsupported();
  }

  private static String boundary(boolean at) {
    var word = "[" + WORD + "]";
    return at
        ? "(?:(?<=%1$s)(?!%1$s)|(?<!%1$s)(?=%1$s))".formatted(word)
        : "(?:(?<=%1$s)(?=%1$s)|(?<!%1$s)(?!%1$s))".formatted(word);
  }

  private void hex(int length) {
    int end = at + length;
    if (end > regex.length() || !regex.substring(at, end).matches("[0-9a-fA-F]+")) {
      throw unsupported();
    }
    out.append("\\x{").append(regex, at, end).append('}');
    at = end;
  }

  private void other(char c, boolean inSet) {
    if (c >= '1' && c <= '9') {
      boolean two = at < regex.length() && Character.digit(regex.charAt(at), 10) >= 0;
      if (inSet || two || c - '0' > groups) {
        throw unsupported();
      }
      out.append("(?:\\").append(c).append(')');
    } else if (c < 128 && Character.isLetterOrDigit(c)) {
      throw unsupported();
    } else if (c < 128) {
      out.append('\\').append(c);
    } else {
      out.append(c);
    }
  }
}

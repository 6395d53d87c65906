package dev.earshot.sshconfig;

import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Replaces `%h` and its like, and `${NAME}`.
final class Expansion {

  /// Tokens of `Match exec`, files and agents.
  static final String ALL_TOKENS = "CLdhiklnpru";

  private static final int MAX_LENGTH = 1 << 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");

  private Expansion() {}

  static boolean isVariableName(String text) {
    return NAME.matcher(text).matches();
  }

  /// Tokens alone.
  static String percent(String text, Map<Character, Supplier<String>> tokens) throws BadValue {
    return expand(text, tokens, null);
  }

  /// Tokens and variables of the environment.
  static String percentAndDollar(
      String text, Map<Character, Supplier<String>> tokens, Map<String, String> environment)
      throws BadValue {
    return expand(text, tokens, environment);
  }

  /// Says whether all tokens are among these.
  static void checkTokens(String text, String allowed) throws BadValue {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 2)) {
      char token = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (token != '%' && (token == 0 || allowed.indexOf(token) < 0)) {
        throw unknownToken(text, i);
      }
    }
  }

  /// Says whether all variables exist.
  static void checkVariables(String text, Map<String, String> environment) throws BadValue {
    for (int i = text.indexOf("${"); i >= 0; i = text.indexOf("${", i + 2)) {
      variable(text, i, environment);
    }
  }

  private static String expand(
      String text,
      Map<Character, Supplier<String>> tokens,
      @Nullable Map<String, String> environment)
      throws BadValue {
    if (text.indexOf('%') < 0 && (environment == null || !text.contains("${"))) {
      return text;
    }
    var result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (environment != null && text.startsWith("${", i)) {
        result.append(variable(text, i, environment));
        i = text.indexOf('}', i);
      } else if (c == '%') {
        result.append(token(text, i++, tokens));
      } else {
        result.append(c);
      }
      if (result.length() > MAX_LENGTH) {
        throw new BadValue("becomes longer than 1 MiB", "use fewer tokens");
      }
    }
    return result.toString();
  }

  private static String token(String text, int at, Map<Character, Supplier<String>> tokens)
      throws BadValue {
    if (at + 1 >= text.length()) {
      throw unknownToken(text, at);
    }
    char name = text.charAt(at + 1);
    if (name == '%') {
      return "%";
    }
    var value = tokens.get(name);
    if (value == null) {
      throw unknownToken(text, at);
    }
    return value.get();
  }

  private static BadValue unknownToken(String text, int at) {
    var token = text.substring(at, Math.min(at + 2, text.length()));
    return new BadValue("has no token " + token, "write %% for a percent sign");
  }

  private static String variable(String text, int at, Map<String, String> environment)
      throws BadValue {
    int close = text.indexOf('}', at);
    var name = close < 0 ? "" : text.substring(at + 2, close);
    if (name.isEmpty()) {
      throw new BadValue("has a ${ without a name and a }", "write ${NAME}");
    }
    var value = environment.get(name);
    if (value == null) {
      throw new BadValue(
          "uses ${%s}, which is not in the environment".formatted(name), "set and export it");
    }
    return value;
  }
}

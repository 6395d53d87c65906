package dev.earshot.python;

import java.util.Optional;

/// The backslash escapes of Python's strings.
public final class PythonEscape {

  private PythonEscape() {}

  /// A text with its escapes resolved, or nothing if Python would refuse one of them.
  public static Optional<String> unescape(String text) {
    var out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\\') {
        out.append(c);
      } else if (at < text.length() && text.charAt(at) == '\n') {
        at++;
      } else {
        at = at < text.length() ? read(text, at, false, out) : -1;
        if (at < 0) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(out.toString());
  }

  /// Appends what the escape means, from the character behind the backslash on. Returns the index
  /// behind the escape, or -1 if Python would refuse it. What is no escape stays as it is,
  /// backslash included.
  static int read(String text, int at, boolean bytes, StringBuilder out) {
    char c = text.charAt(at);
    int plain = "\\'\"abfnrtv".indexOf(c);
    if (plain >= 0) {
      out.append("\\'\"\u0007\b\f\n\r\t\u000b".charAt(plain));
      return at + 1;
    }
    if (c >= '0' && c <= '7') {
      return octal(text, at, bytes, out);
    }
    if (c == 'x') {
      return hex(text, at + 1, 2, out);
    }
    if (!bytes && c == 'u') {
      return hex(text, at + 1, 4, out);
    }
    if (!bytes && c == 'U') {
      return hex(text, at + 1, 8, out);
    }
    if (!bytes && c == 'N') {
      return named(text, at + 1, out);
    }
    out.append('\\').append(c);
    return at + 1;
  }

  private static int octal(String text, int at, boolean bytes, StringBuilder out) {
    int end = at;
    int code = 0;
    while (end < text.length() && end < at + 3 && Character.digit(text.charAt(end), 8) >= 0) {
      code = code * 8 + Character.digit(text.charAt(end++), 8);
    }
    out.appendCodePoint(bytes ? code & 0xFF : code);
    return end;
  }

  private static int hex(String text, int at, int length, StringBuilder out) {
    if (at + length > text.length()) {
      return -1;
    }
    long code = 0;
    for (int i = at; i < at + length; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    if (code > Character.MAX_CODE_POINT) {
      return -1;
    }
    out.appendCodePoint((int) code);
    return at + length;
  }

  private static int named(String text, int at, StringBuilder out) {
    int close = text.indexOf('}', at);
    if (at >= text.length() || text.charAt(at) != '{' || close < 0) {
      return -1;
    }
    try {
      out.appendCodePoint(Character.codePointOf(text.substring(at + 1, close)));
      return close + 1;
    } catch (IllegalArgumentException _) {
      return -1;
    }
  }
}

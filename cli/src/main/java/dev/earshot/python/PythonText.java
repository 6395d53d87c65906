package dev.earshot.python;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Python's idea of lines, blanks and order, where it differs from Java's.
public final class PythonText {

  /// By code point, as Python sorts strings.
  public static final Comparator<String> ORDER = PythonText::compare;

  private PythonText() {}

  /// Halves of a surrogate pair stand for code points above all others, though their own numbers
  /// are lower.
  private static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Character.isSurrogate(x) == Character.isSurrogate(y)
            ? Character.compare(x, y)
            : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /// What `splitlines()` yields: vertical tabs, form feeds and separators end a line too.
  public static List<String> lines(String text) {
    var lines = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (endsLine(c)) {
        lines.add(text.substring(start, i));
        i += c == '\r' && text.startsWith("\n", i + 1) ? 1 : 0;
        start = i + 1;
      }
    }
    lines.add(text.substring(start));
    return lines;
  }

  private static boolean endsLine(char c) {
    return switch (c) {
      case '\n', '\r', '\u000b', '\f', '\u001c', '\u001d', '\u001e', '\u0085', '\u2028', '\u2029' ->
          true;
      default -> false;
    };
  }

  /// What `strip()` yields: it takes no-break spaces off too.
  public static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /// The text without a pair of quotes around it, as Ansible takes it off.
  public static String unquoted(String text) {
    if (text.length() < 2) {
      return text;
    }
    char first = text.charAt(0);
    boolean quoted =
        (first == '"' || first == '\'')
            && text.charAt(text.length() - 1) == first
            && text.charAt(text.length() - 2) != '\\';
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /// True for what `isspace()` calls a blank.
  public static boolean isSpace(int c) {
    return c < 0x80
        ? c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f)
        : Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}

package dev.earshot.text;

import java.util.regex.Pattern;

/// Text from strangers, made safe to print: what would steer a terminal becomes a question mark.
public final class Printable {

  private static final Pattern STEERING =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029\\x80-\\x9f]");

  private Printable() {}

  /// The text on one line.
  public static String of(String text) {
    return STEERING.matcher(text).replaceAll("?");
  }

  /// The text with its tabs and line breaks. Any part of a text may be given, as each character
  /// counts for itself.
  public static String lines(String text) {
    var safe = new StringBuilder(text);
    for (int i = 0; i < safe.length(); i++) {
      if (isSteering(safe.charAt(i))) {
        safe.setCharAt(i, '?');
      }
    }
    return safe.toString();
  }

  private static boolean isSteering(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\n' && c != '\t';
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}

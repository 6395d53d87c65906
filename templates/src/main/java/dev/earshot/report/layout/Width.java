package dev.earshot.report.layout;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/// How many columns text takes where all characters are as wide as each other, or twice as wide.
public final class Width {

  private static final Set<UnicodeScript> WIDE =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.YI);

  private static final int FULL_WIDTH_FORMS = 0xFF01;
  private static final int FULL_WIDTH_FORMS_END = 0xFF60;

  private Width() {}

  public static int of(String text) {
    return text.codePoints().map(Width::of).sum();
  }

  public static String padRight(String text, int width) {
    return text + " ".repeat(Math.max(0, width - of(text)));
  }

  public static String padLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - of(text))) + text;
  }

  /// As much of the text as fits, with an ellipsis where some is missing.
  public static String clip(String text, int width) {
    return of(text) <= width ? text : take(text, width - 1) + "…";
  }

  /// As many whole characters as fit.
  public static String take(String text, int width) {
    int used = 0;
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      used += of(c);
      if (used > width) {
        break;
      }
      at += Character.charCount(c);
    }
    return text.substring(0, at);
  }

  private static int of(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        WIDE.contains(UnicodeScript.of(c))
            || (c >= FULL_WIDTH_FORMS && c <= FULL_WIDTH_FORMS_END)
            || Character.isEmojiPresentation(c);
    return wide ? 2 : 1;
  }
}

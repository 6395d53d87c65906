package dev.earshot.jinja.runtime;

import dev.earshot.python.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/// Python's functions on strings.
public final class Strings {

  private Strings() {}

  public static Obj list(List<String> texts) {
    return new Obj.Listing(texts.stream().<Obj>map(Obj.Str::new).toList());
  }

  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  public static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  public static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return titleCase(text.substring(0, first)) + lower(text.substring(first));
  }

  private static String titleCase(String character) {
    var title = Character.toString(Character.toTitleCase(character.codePointAt(0)));
    return title.equals(character) ? upper(character).equals("SS") ? "Ss" : character : title;
  }

  /// `title()`: a capital after whatever is no letter.
  static String title(String text) {
    var out = new StringBuilder();
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      var character = Character.toString(c);
      out.append(inWord ? lower(character) : titleCase(character));
      inWord = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }
    return out.toString();
  }

  /// `splitlines()`: there is no empty line at the end.
  public static List<String> lines(String text) {
    var lines = PythonText.lines(text);
    return lines.getLast().isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
  }

  public static String strip(String text, IntPredicate blank, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && blank.test(text.charAt(start))) {
      start++;
    }
    while (right && end > start && blank.test(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /// Parts between blanks.
  static List<String> words(String text, int limit, boolean fromTheRight) {
    if (fromTheRight && limit >= 0) {
      throw new Failure("rsplit() with a limit needs a separator");
    }
    var words = new ArrayList<String>();
    int at = 0;
    while (true) {
      while (at < text.length() && PythonText.isSpace(text.charAt(at))) {
        at++;
      }
      if (at == text.length()) {
        return words;
      }
      if (words.size() == limit) {
        words.add(strip(text.substring(at), PythonText::isSpace, false, true));
        return words;
      }
      int start = at;
      while (at < text.length() && !PythonText.isSpace(text.charAt(at))) {
        at++;
      }
      words.add(text.substring(start, at));
    }
  }

  static List<String> split(String text, String separator, int limit, boolean fromTheRight) {
    if (separator.isEmpty()) {
      throw new Failure("split() needs a separator that isn't empty");
    }
    var parts = new ArrayList<String>();
    if (fromTheRight) {
      int end = text.length();
      int at = text.lastIndexOf(separator, end - separator.length());
      while (at >= 0 && parts.size() != limit) {
        parts.addFirst(text.substring(at + separator.length(), end));
        end = at;
        at = text.lastIndexOf(separator, end - separator.length());
      }
      parts.addFirst(text.substring(0, end));
      return parts;
    }
    int start = 0;
    int at = text.indexOf(separator);
    while (at >= 0 && parts.size() != limit) {
      parts.add(text.substring(start, at));
      start = at + separator.length();
      at = text.indexOf(separator, start);
    }
    parts.add(text.substring(start));
    return parts;
  }

  /// The first `count` occurrences replaced, or all if it is negative.
  public static String replace(String text, String old, String fresh, int count, Budget budget) {
    if (old.isEmpty()) {
      throw new Failure("replace() of an empty text is not supported");
    }
    var out = new StringBuilder();
    int start = 0;
    int at = text.indexOf(old);
    for (int i = 0; at >= 0 && i != count; i++) {
      budget.characters(at - start + (long) fresh.length());
      out.append(text, start, at).append(fresh);
      start = at + old.length();
      at = text.indexOf(old, start);
    }
    return out.append(text, start, text.length()).toString();
  }

  /// The texts of objects with a separator between.
  public static String join(String separator, List<Obj> items, Budget budget) {
    var out = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      var text = Text.str(items.get(i), budget);
      budget.characters(text.length() + (long) separator.length());
      out.append(i == 0 ? "" : separator).append(text);
    }
    return out.toString();
  }
}

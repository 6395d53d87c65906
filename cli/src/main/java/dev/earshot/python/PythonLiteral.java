package dev.earshot.python;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the value of an INI variable as Python's `ast.literal_eval` does: `1_000` is an integer,
/// `1,2` a list, `0777` and `true` are not literals. What has no counterpart in an inventory (sets,
/// complex numbers, `...`) counts as not a literal, too.
public final class PythonLiteral {

  /// Python's own parser gives up at this depth.
  private static final int MAX_DEPTH = 100;

  private static final Pattern WORD =
      Pattern.compile("[\\w&&[^0-9]]\\w*+", Pattern.UNICODE_CHARACTER_CLASS);

  private static final class NotLiteral extends Exception {
    NotLiteral() {
      super("not a literal", null, false, false);
    }
  }

  private final String text;
  private final boolean jsonWords;
  private int next;
  private int depth;

  private PythonLiteral(String text, boolean jsonWords) {
    this.text = text;
    this.jsonWords = jsonWords;
  }

  /// The literal's value, or the text itself if it isn't one.
  public static Value valueOf(String text) {
    return parse(text).orElseGet(() -> new Value.Text(text));
  }

  public static Optional<Value> parse(String text) {
    return parse(text, false);
  }

  /// As {@link #parse}, but `true`, `false` and `null` are literals, too.
  public static Optional<Value> parseWithJsonWords(String text) {
    return parse(text, true);
  }

  private static Optional<Value> parse(String text, boolean jsonWords) {
    if (isSurelyText(text)) {
      return Optional.empty();
    }
    if (isSmallNumber(text)) {
      return Optional.of(new Value.Whole(Long.parseLong(text)));
    }
    try {
      return Optional.of(new PythonLiteral(text, jsonWords).whole());
    } catch (NotLiteral _) {
      return Optional.empty();
    }
  }

  /// True for what most values of an inventory are, words and addresses, without a closer look.
  private static boolean isSurelyText(String text) {
    if (text.isEmpty()) {
      return true;
    }
    char first = text.charAt(0);
    boolean word = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first == '/';
    return word ? "bBrRuUTFNtfn".indexOf(first) < 0 : hasTwoDots(text);
  }

  /// Digits that a `long` holds, without a leading zero.
  private static boolean isSmallNumber(String text) {
    if (text.isEmpty() || text.length() > 18 || (text.charAt(0) == '0' && text.length() > 1)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /// Digits with more than one dot, and nothing else.
  private static boolean hasTwoDots(String text) {
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return dots > 1;
  }

  private Value whole() throws NotLiteral {
    skipBlanks();
    int start = next;
    if (PythonString.startsBytes(text, next)) {
      var bytes = PythonString.bytes(text, next);
      if (bytes.isPresent()) {
        next = bytes.get().end();
        expectEnd();
        return new Value.Text(bytes.get().content());
      }
    }
    next = start;
    var first = value();
    skipBlanks();
    var result = next < text.length() && text.charAt(next) == ',' ? tuple(first, '\0') : first;
    expectEnd();
    return result;
  }

  private void expectEnd() throws NotLiteral {
    skipBlanks();
    if (next < text.length() && text.charAt(next) != '#') {
      throw new NotLiteral();
    }
  }

  private Value value() throws NotLiteral {
    if (++depth > MAX_DEPTH) {
      throw new NotLiteral();
    }
    skipBlanks();
    var value =
        switch (peek()) {
          case '[' -> new Value.Sequence(items(']'));
          case '(' -> parenthesised();
          case '{' -> mapping();
          case '-', '+' -> signed();
          default -> atom();
        };
    depth--;
    return value;
  }

  private Value atom() throws NotLiteral {
    if (peek() == '.' || Character.isDigit(peek())) {
      return number();
    }
    var string = PythonString.text(text, next);
    if (string.isPresent()) {
      next = string.get().end();
      return new Value.Text(string.get().content());
    }
    var word = word();
    return switch (word) {
      case "True" -> new Value.Bool(true);
      case "False" -> new Value.Bool(false);
      case "None" -> Value.Null.NULL;
      default -> {
        if (!jsonWords) {
          throw new NotLiteral();
        }
        yield switch (word) {
          case "true" -> new Value.Bool(true);
          case "false" -> new Value.Bool(false);
          case "null" -> Value.Null.NULL;
          default -> throw new NotLiteral();
        };
      }
    };
  }

  private Value signed() throws NotLiteral {
    boolean negative = text.charAt(next++) == '-';
    skipBlanks();
    var number = number();
    if (!negative) {
      return number;
    }
    return switch (number) {
      case Value.Whole(var whole) -> new Value.Whole(whole.negate());
      case Value.Real(var real) -> new Value.Real(-real);
      case Value other -> other;
    };
  }

  private Value number() throws NotLiteral {
    var number = PythonNumber.read(text, next).orElseThrow(NotLiteral::new);
    next = number.end();
    return number.value();
  }

  private Value parenthesised() throws NotLiteral {
    next++;
    skipBlanks();
    if (peek() == ')') {
      next++;
      return new Value.Sequence(List.of());
    }
    var first = value();
    skipBlanks();
    if (peek() == ',') {
      return tuple(first, ')');
    }
    expect(')');
    return first;
  }

  private Value tuple(Value first, char close) throws NotLiteral {
    next++;
    var items = new ArrayList<Value>(List.of(first));
    restOfItems(items, close);
    return new Value.Sequence(items);
  }

  private List<Value> items(char close) throws NotLiteral {
    next++;
    var items = new ArrayList<Value>();
    restOfItems(items, close);
    return items;
  }

  /// Reads items up to the closing bracket, or with `\0` up to the end of the text.
  private void restOfItems(List<Value> items, char close) throws NotLiteral {
    skipBlanks();
    while (!closes(close)) {
      items.add(value());
      skipBlanks();
      if (!closes(close)) {
        expect(',');
        skipBlanks();
      }
    }
    if (close != '\0') {
      next++;
    }
  }

  private boolean closes(char close) throws NotLiteral {
    boolean atEnd = next == text.length() || text.charAt(next) == '#';
    return close == '\0' ? atEnd : peek() == close;
  }

  private Value mapping() throws NotLiteral {
    next++;
    var entries = new LinkedHashMap<Value, Value>();
    skipBlanks();
    while (peek() != '}') {
      var key = value();
      if (key instanceof Value.Mapping || key instanceof Value.Sequence) {
        throw new NotLiteral();
      }
      skipBlanks();
      expect(':');
      entries.put(key, value());
      skipBlanks();
      if (peek() != '}') {
        expect(',');
        skipBlanks();
      }
    }
    next++;
    return new Value.Mapping(entries);
  }

  private String word() throws NotLiteral {
    var match = WORD.matcher(text).region(next, text.length());
    if (!match.lookingAt()) {
      throw new NotLiteral();
    }
    next = match.end();
    return match.group();
  }

  private void expect(char c) throws NotLiteral {
    if (peek() != c) {
      throw new NotLiteral();
    }
    next++;
  }

  private char peek() throws NotLiteral {
    if (next >= text.length()) {
      throw new NotLiteral();
    }
    return text.charAt(next);
  }

  /// Within brackets, newlines are blanks.
  private void skipBlanks() {
    var blanks = depth > 0 ? " \t\f\r\n" : " \t\f";
    while (next < text.length() && blanks.indexOf(text.charAt(next)) >= 0) {
      next++;
    }
  }
}

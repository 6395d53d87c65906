package dev.earshot.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.StringTokenizer;

/// Reading what strangers print: bounded, and without surprises.
final class Text {

  private static final int LONGEST_QUOTE = 200;

  /// No honest counter is beyond it, and sums of thousands of such still fit into a `long`.
  private static final long MOST = 1_000_000_000_000_000L;

  /// 285 years, the most whose nanoseconds fit into a `long`.
  private static final double MOST_MILLISECONDS = 9e12;

  private static final String BLANKS = " \t\n\u000B\f\r";

  private Text() {}

  /// For a sentence that quotes what a command began with.
  static String firstLine(String output) {
    return output
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .map(Text::clip)
        .orElse("nothing");
  }

  /// For a command's last words, which say why it failed.
  static String lastLine(String output) {
    return output
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((_, later) -> later)
        .map(Text::clip)
        .orElse("it printed nothing");
  }

  /// A quotation: short, and without characters that would move a terminal's cursor or hide text.
  static String clip(String text) {
    String bare = text.strip();
    String part = bare.length() <= LONGEST_QUOTE ? bare : bare.substring(0, LONGEST_QUOTE) + "…";
    return part.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "\uFFFD");
  }

  /// What stands between blanks: at least one word, if an empty one.
  static List<String> words(String line) {
    StringTokenizer tokens = new StringTokenizer(line.strip(), BLANKS);
    List<String> words = new ArrayList<>();
    while (tokens.hasMoreTokens()) {
      words.add(tokens.nextToken());
    }
    return words.isEmpty() ? List.of("") : List.copyOf(words);
  }

  static OptionalLong whole(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  static OptionalDouble number(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException _) {
      return OptionalDouble.empty();
    }
  }

  /// Something counted: never negative, and of a size that can be added up.
  static long count(String text) {
    long count = whole(text).orElse(-1);
    if (count < 0 || count > MOST) {
      throw new UnreadableOutput("not a count: " + clip(text));
    }
    return count;
  }

  /// A [#count] of things that one machine holds.
  static int smallCount(String text) {
    long count = count(text);
    if (count > Integer.MAX_VALUE) {
      throw new UnreadableOutput("not a count: " + clip(text));
    }
    return (int) count;
  }

  /// A time that passed, in milliseconds: never negative.
  static Duration milliseconds(String text) {
    double value = number(text).orElse(-1);
    if (value < 0 || value > MOST_MILLISECONDS) {
      throw new UnreadableOutput("not a time: " + clip(text));
    }
    return Millis.duration(value);
  }

  static Optional<String> unlessBlank(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
  }
}

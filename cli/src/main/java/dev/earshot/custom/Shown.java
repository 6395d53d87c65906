package dev.earshot.custom;

import dev.earshot.evidence.CustomCommand;
import dev.earshot.text.Printable;
import java.util.List;

/// What hosts said, as a quotation in a sentence: short, and on one line.
final class Shown {

  private static final int LONGEST = 200;

  private Shown() {}

  /// Why a command failed: what it said to standard error, else what it printed.
  static String of(CustomCommand.Output output) {
    return text(output.stderr().isBlank() ? output.stdout() : output.stderr());
  }

  static String text(String said) {
    String line = said.strip().replaceAll("\\s+", " ");
    return line.isEmpty() ? "nothing" : clipped(line);
  }

  static String rows(List<String> rows) {
    return switch (rows.size()) {
      case 0 -> "there are no rows";
      case 1 -> "the row is " + text(rows.getFirst());
      default -> "the first of %d rows is %s".formatted(rows.size(), text(rows.getFirst()));
    };
  }

  private static String clipped(String line) {
    String safe = Printable.of(line);
    if (safe.length() <= LONGEST) {
      return safe;
    }
    int end = Character.isHighSurrogate(safe.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return safe.substring(0, end) + "…";
  }
}

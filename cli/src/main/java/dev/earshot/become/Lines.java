package dev.earshot.become;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/// The end of what somebody printed, in lines, however much it was.
final class Lines {

  private static final int LONGEST = 1 << 12;
  private static final int KEPT = 20;

  private final Deque<String> complete = new ArrayDeque<>();
  private final byte[] line = new byte[LONGEST];
  private int length;

  /// Takes bytes up to the end of a line that is looked for.
  ///
  /// @return the position after it, or -1 if it was not there
  int take(byte[] bytes, int offset, int count, Predicate<String> soughtAfter) {
    for (int at = offset; at < offset + count; at++) {
      if (bytes[at] != '\n') {
        add(bytes[at]);
      } else if (soughtAfter.test(finish())) {
        return at + 1;
      }
    }
    return -1;
  }

  /// The line that has no end yet.
  String unfinished() {
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  /// Ends the line that has no end: whatever comes now is an answer.
  String finish() {
    String text = unfinished().stripTrailing();
    length = 0;
    if (!text.isBlank()) {
      complete.addLast(text);
      if (complete.size() > KEPT) {
        complete.removeFirst();
      }
    }
    return text;
  }

  /// The last lines, oldest first.
  List<String> last() {
    finish();
    return List.copyOf(complete);
  }

  /// Of a line that is too long for us, the beginning.
  private void add(byte b) {
    if (length < LONGEST) {
      line[length] = b;
      length++;
    }
  }
}

package dev.earshot.vault;

import dev.earshot.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// What a program that prints a password says beside: a question to the person at the terminal,
/// mostly.
final class Said {

  /// A loop that complains must not flood the terminal.
  private static final int MAX_SHOWN = 8_000;

  private Said() {}

  /// Shows it as it comes, without what would steer the terminal, until the program ends.
  static void show(InputStream from, Prompt prompt) {
    try (from;
        var reader = new InputStreamReader(from, StandardCharsets.UTF_8)) {
      var some = new char[1_000];
      int left = MAX_SHOWN;
      for (int count = reader.read(some); count >= 0; count = reader.read(some)) {
        int shown = Math.min(count, left);
        left -= shown;
        prompt.show(Printable.lines(new String(some, 0, shown)));
        if (shown < count) {
          prompt.show("\u2026\n");
          from.transferTo(OutputStream.nullOutputStream());
        }
      }
    } catch (IOException _) {
      // the program was ended
    }
  }
}

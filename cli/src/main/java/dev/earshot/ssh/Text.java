package dev.earshot.ssh;

import java.time.Duration;

/// Words from elsewhere, made fit for a sentence.
final class Text {
  private static final int LONGEST = 800;

  private Text() {}

  /// One line of at most a few hundred characters, without anything that a terminal would obey.
  static String oneLine(String text) {
    String head = text.substring(0, Math.min(text.length(), 4 * LONGEST));
    String line =
        head.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").replaceAll(" {2,}", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  static String seconds(Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    return seconds == Math.rint(seconds)
        ? "%.0f s".formatted(seconds)
        : "%.1f s".formatted(seconds);
  }

  /// What an exception says, or its name if it says nothing.
  static String of(Throwable trouble) {
    String message = trouble.getMessage();
    return oneLine(
        message == null || message.isBlank() ? trouble.getClass().getSimpleName() : message);
  }
}

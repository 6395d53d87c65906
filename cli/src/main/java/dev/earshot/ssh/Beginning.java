package dev.earshot.ssh;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Remembers the first 64 KiB of what is written to it and forgets the rest.
final class Beginning extends OutputStream {
  static final int KEPT = 1 << 16;

  private static final int LINES = 100;
  private static final int LONGEST_LINE = 200;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  @Override
  public synchronized void write(int b) {
    if (kept.size() < KEPT) {
      kept.write(b);
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    kept.write(bytes, offset, Math.min(length, KEPT - kept.size()));
  }

  /// The first line that has something in it, shortened.
  Optional<String> firstLine() {
    return text()
        .lines()
        .limit(LINES)
        .map(Text::oneLine)
        .filter(line -> !line.isBlank())
        .findFirst()
        .map(line -> line.substring(0, Math.min(line.length(), LONGEST_LINE)));
  }

  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}

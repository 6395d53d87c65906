package dev.earshot.report.json;

import java.io.IOException;
import java.io.Writer;
import java.nio.CharBuffer;

/// Hands on what is written, bit by bit: a report of thousands of hosts is a hundred megabytes. Who
/// has the other end closes it.
final class AppendableWriter extends Writer {

  private final Appendable out;

  AppendableWriter(Appendable out) {
    this.out = out;
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    if (out instanceof Writer writer) {
      writer.write(text, from, length);
    } else {
      out.append(CharBuffer.wrap(text, from, length));
    }
  }

  /// Nothing is held back here.
  @Override
  public void flush() {}

  @Override
  public void close() {}
}

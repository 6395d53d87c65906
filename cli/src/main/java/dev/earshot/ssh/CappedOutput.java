package dev.earshot.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// Passes a host's output on until there is too much of it, or nobody wants any more.
final class CappedOutput {
  private static final int CHUNK = 1 << 14;

  private final OutputStream to;
  private final long limit;
  private long left;
  private boolean closed;

  CappedOutput(OutputStream to, long limit) {
    this.to = to;
    this.limit = limit;
    this.left = limit;
  }

  /// Copies until the end.
  ///
  /// @return false if it stopped before the end
  /// @throws IOException if `from` cannot be read
  /// @throws UncheckedIOException if the output cannot be written
  boolean drain(InputStream from) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
      if (!write(chunk, length)) {
        return false;
      }
    }
    return true;
  }

  /// Lets nothing through from now on.
  synchronized void close() {
    closed = true;
  }

  long limit() {
    return limit;
  }

  private synchronized boolean write(byte[] chunk, int length) {
    if (closed) {
      return false;
    }
    int kept = (int) Math.min(length, left);
    try {
      to.write(chunk, 0, kept);
    } catch (IOException e) {
      throw new UncheckedIOException("the host's output could not be kept", e);
    }
    left -= kept;
    return kept == length;
  }
}

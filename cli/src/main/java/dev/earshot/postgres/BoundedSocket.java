package dev.earshot.postgres;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/// A connection that ends where the other end sends more than any server has a reason for.
class BoundedSocket extends Socket {

  /// Twice the most that is kept of an answer.
  static final long MOST_BYTES = 8L << 20;

  @Override
  public InputStream getInputStream() throws IOException {
    return bounded(super.getInputStream());
  }

  static InputStream bounded(InputStream in) {
    return new FilterInputStream(in) {
      private long left = MOST_BYTES;

      @Override
      public int read() throws IOException {
        return count(super.read(), 1);
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        return count(read, read);
      }

      private int count(int result, int bytes) throws IOException {
        left -= Math.max(0, result < 0 ? 0 : bytes);
        if (left < 0) {
          throw new IOException("the server sent more than %d MiB".formatted(MOST_BYTES >> 20));
        }
        return result;
      }
    };
  }
}

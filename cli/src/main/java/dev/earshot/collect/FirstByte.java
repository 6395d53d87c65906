package dev.earshot.collect;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Passes on what it gets, and says so the first time. From one thread.
final class FirstByte extends FilterOutputStream {

  private final Runnable first;
  private boolean told;

  FirstByte(OutputStream to, Runnable first) {
    super(to);
    this.first = first;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (!told) {
      told = true;
      first.run();
    }
    out.write(bytes, offset, length);
  }
}

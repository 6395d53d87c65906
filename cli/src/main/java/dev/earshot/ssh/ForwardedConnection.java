package dev.earshot.ssh;

import java.io.InputStream;
import java.io.OutputStream;

/// A TCP connection that a host behind SSH makes for us.
public final class ForwardedConnection implements AutoCloseable {

  private final ChannelPipe pipe;

  ForwardedConnection(ChannelPipe pipe) {
    this.pipe = pipe;
  }

  public InputStream in() {
    return pipe.in();
  }

  public OutputStream out() {
    return pipe.out();
  }

  /// Wakes up whoever reads or writes. May be called again.
  @Override
  public void close() {
    pipe.close();
  }
}

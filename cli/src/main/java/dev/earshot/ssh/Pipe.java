package dev.earshot.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Two streams of bytes to a host and back that are no TCP connection of ours.
interface Pipe {

  InputStream in();

  /// Written to by one thread, which flushes it.
  OutputStream out();

  /// Makes threads that may wait for the streams.
  Thread.Builder threads();

  /// Wakes up whoever reads or writes. May be called again.
  void close() throws IOException;
}

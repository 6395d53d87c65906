package dev.earshot.postgres;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ends connections when the time for them is over, which wakes up whoever waits for them.
final class Watch implements AutoCloseable {

  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Duration allowed;
  private final long end;
  private final Thread thread;
  private volatile boolean passed;

  Watch(Duration allowed) {
    this.allowed = allowed;
    this.end = System.nanoTime() + allowed.toNanos();
    this.thread = Thread.ofVirtual().name("postgres-watch").start(this::run);
  }

  /// Watches one more.
  Socket over(Socket socket) {
    sockets.add(socket);
    if (passed) {
      cut(socket);
    }
    return socket;
  }

  /// What is left; at least a millisecond, because nothing means for ever to many.
  Duration remaining() {
    return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
  }

  Duration allowed() {
    return allowed;
  }

  boolean passed() {
    return passed;
  }

  private void run() {
    try {
      Thread.sleep(remaining());
      passed = true;
      sockets.forEach(Watch::cut);
    } catch (InterruptedException _) {
      // it was done in time
    }
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it was broken already
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    sockets.forEach(Watch::cut);
  }
}

package dev.earshot.ssh;

import java.io.IOException;
import java.io.OutputStream;

/// The thread that holds our side of a conversation, until it is closed.
final class Feeding implements AutoCloseable {
  private final Thread thread;

  private Feeding(Thread thread) {
    this.thread = thread;
  }

  /// Starts talking.
  ///
  /// @param hangUp ends the program or the way to it
  static Feeding of(Conversation conversation, OutputStream standardInput, Runnable hangUp) {
    return new Feeding(
        Thread.ofVirtual()
            .name("stdin")
            .start(() -> {
              if (!hold(conversation, standardInput)) {
                hangUp.run();
              }
            }));
  }

  /// Failures show in what the program does, or in the end of the connection.
  private static boolean hold(Conversation conversation, OutputStream standardInput) {
    try (standardInput) {
      return conversation.hold(standardInput);
    } catch (IOException e) {
      return true; // the program has ended without reading everything, or the connection has
    } catch (InterruptedException e) {
      return true; // the program has ended
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

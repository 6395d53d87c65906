package dev.earshot.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// What is said to a program on its standard input while it runs.
///
/// For programs that have to be listened to before they can be answered. What they print goes to
/// the output that was given to the shell, what they complain about to [#hearError].
public interface Conversation {
  /// Says all that there is to say, on a thread of its own, which is interrupted when the program
  /// has ended. Standard input is closed afterwards.
  ///
  /// @return whether to wait for the program's end; otherwise it is hung up on
  boolean hold(OutputStream standardInput) throws IOException, InterruptedException;

  /// Told of what the program writes on standard error as it comes, from one thread at a time. Does
  /// not block.
  void hearError(byte[] bytes, int offset, int length);

  /// Whether it can only be held at a terminal, as with programs that ask for passwords nowhere
  /// else. It is one that echoes nothing and changes nothing; standard error goes to the output,
  /// and what reads from it never sees an end. Without SSH there is none.
  default boolean wantsTerminal() {
    return false;
  }

  /// Whether a password may be among what is said: nothing for a host that may be another one.
  default boolean tellsSecrets() {
    return false;
  }

  /// Says one thing, whatever the program says.
  static Conversation saying(String text) {
    return new Conversation() {
      @Override
      public boolean hold(OutputStream standardInput) throws IOException {
        standardInput.write(text.getBytes(StandardCharsets.UTF_8));
        return true;
      }

      @Override
      public void hearError(byte[] bytes, int offset, int length) {}
    };
  }
}

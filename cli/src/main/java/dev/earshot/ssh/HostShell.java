package dev.earshot.ssh;

import java.io.OutputStream;
import java.io.UncheckedIOException;

/// A way to run one program on one host.
///
/// Implementations block the calling thread, which is meant to be a virtual one, and may be used by
/// several threads at once.
public interface HostShell {
  /// Runs `command` through the user's shell on the host, with `standardInput` on its standard
  /// input.
  ///
  /// What the program prints goes to `output` while it runs, from one thread at a time and never
  /// after this method has returned; what came before a break is kept. The stream is neither
  /// flushed nor closed.
  ///
  /// @param command a command line for the host's shell; everybody on the host can read it, so it
  ///   holds no secrets
  /// @return how it went; troubles of the host, its network and its keys are outcomes and not
  ///   exceptions
  /// @throws UncheckedIOException if `output` cannot be written to, with the stream's own exception
  ///   as the cause
  default ShellOutcome run(
      String command, String standardInput, OutputStream output, ShellLimits limits) {
    return run(command, Conversation.saying(standardInput), output, limits);
  }

  /// The same, with a conversation on the program's standard input.
  ShellOutcome run(
      String command, Conversation conversation, OutputStream output, ShellLimits limits);
}

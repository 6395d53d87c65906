package dev.earshot.sshconfig;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Runs the command of a `Match exec` in the user's shell: without input, its output dropped, and
/// not for longer than allowed.
record ShellCommand(LocalUser user, Duration deadline) {

  private static final Path NOTHING = Path.of("/dev/null");

  /// Whether it said yes.
  boolean succeeds(String command) throws BadValue {
    var shell = user.environment().getOrDefault("SHELL", "/bin/sh");
    if (!Files.isExecutable(Path.of(shell))) {
      throw new BadValue(
          "needs the shell %s, which can't be run".formatted(shell), "set SHELL to your shell");
    }
    var builder =
        new ProcessBuilder(shell, "-c", command)
            .redirectInput(NOTHING.toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(user.environment());
    final Process process;
    try {
      process = builder.start();
    } catch (IOException _) {
      throw new BadValue("has a command that can't be started", "run it by hand");
    }
    try {
      if (process.waitFor(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        return process.exitValue() == 0;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BadValue("has a command that was interrupted", "start again");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    throw new BadValue(
        "has a command that was not done within %d s".formatted(deadline.toSeconds()),
        "run it by hand to see what it waits for");
  }
}

package dev.earshot.sshconfig;

import dev.earshot.process.ProcessTree;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// Runs the commands of `Match exec` in the user's shell: each once, however many hosts ask,
/// without input, its output dropped, and not for longer than allowed.
final class ShellCommand {

  private static final Path NOTHING = Path.of("/dev/null");

  private final LocalUser user;
  private final Duration deadline;
  private final ConcurrentHashMap<String, FutureTask<Boolean>> answers = new ConcurrentHashMap<>();

  ShellCommand(LocalUser user, Duration deadline) {
    this.user = user;
    this.deadline = deadline;
  }

  /// Whether it said yes.
  ///
  /// @param command with nothing left to expand
  boolean succeeds(String command) throws BadValue {
    var answer = answers.computeIfAbsent(command, each -> new FutureTask<>(() -> run(each)));
    answer.run(); // does nothing where somebody else does
    try {
      return answer.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw interrupted();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BadValue bad) {
        throw bad;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private boolean run(String command) throws BadValue {
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
    try (var tree = ProcessTree.of(process)) {
      if (process.waitFor(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        return process.exitValue() == 0;
      }
      tree.end();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
    throw new BadValue(
        "has a command that was not done within %d s".formatted(deadline.toSeconds()),
        "run it by hand to see what it waits for");
  }

  private static BadValue interrupted() {
    return new BadValue("has a command that was interrupted", "start again");
  }
}

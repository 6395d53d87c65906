package dev.earshot.vault;

import dev.earshot.process.ProcessTree;
import dev.earshot.vault.Password.Given;
import dev.earshot.vault.Password.Missing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs the programs that print passwords. They may ask the person at the terminal: they share its
/// input, and what they write to their error output is shown there as they write it.
///
/// @param deadline for one program; long enough for somebody to type a passphrase
/// @param prompt shows what they say
record PasswordScript(Duration deadline, Prompt prompt) {

  private static final int MAX_BYTES = 64 * 1024;
  private static final int UNKNOWN_LABEL = 2;

  /// Error output may be held open by something that the program left behind.
  private static final long LAST_WORDS_MS = 500;

  /// @param label handed to programs named `…-client`, which know several passwords
  Password run(Path program, Optional<String> label) {
    if (isPlainText(program)) {
      return new Missing(
          "the file is executable but not a script: it has no #! line",
          "run chmod -x on it if the password stands in it");
    }
    boolean client = isClient(program.getFileName().toString());
    var command = new ArrayList<>(List.of(program.toString()));
    if (client) {
      label.ifPresent(each -> command.addAll(List.of("--vault-id", each)));
    }
    Process process;
    try {
      process = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException _) {
      return new Missing(
          "the program can't be started", "run it by hand; check its #! line and its permissions");
    }
    try (var tree = ProcessTree.of(process)) {
      return await(process, tree, client, label);
    }
  }

  private Password await(
      Process process, ProcessTree tree, boolean client, Optional<String> label) {
    var output =
        CompletableFuture.supplyAsync(() -> read(process.getInputStream()), PasswordScript::start);
    var said =
        CompletableFuture.runAsync(
            () -> Said.show(process.getErrorStream(), prompt), PasswordScript::start);
    try {
      long end = System.nanoTime() + deadline.toNanos();
      var bytes = output.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
      if (bytes.length > MAX_BYTES) {
        return new Missing(
            "the program printed more than %d KiB".formatted(MAX_BYTES >> 10),
            "it must print the password and nothing else");
      }
      if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return late(tree);
      }
      said.completeOnTimeout(null, LAST_WORDS_MS, TimeUnit.MILLISECONDS).join();
      return password(new Bytes(bytes), process.exitValue(), client, label);
    } catch (TimeoutException _) {
      return late(tree);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      tree.end();
      return new Missing("the program was stopped", "start again");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Password password(
      Bytes output, int status, boolean client, Optional<String> label) {
    if (client && status == UNKNOWN_LABEL) {
      return new Missing(
          "the program knows no password for the label " + label.orElse("(none)"),
          "give the label that it knows: --vault-id LABEL@PROGRAM");
    }
    if (status != 0) {
      return new Missing("the program failed with status " + status, "run it by hand to see why");
    }
    var password = output.withoutLineEnds();
    return password.isEmpty()
        ? new Missing("the program printed nothing", "it must print the password")
        : new Given(password);
  }

  /// Waiting for the pipes of what got away must not keep Earshot from ending.
  private static void start(Runnable reading) {
    Thread.ofPlatform().daemon().start(reading);
  }

  private Missing late(ProcessTree tree) {
    tree.end();
    return new Missing(
        "the program was not done within %d s".formatted(deadline.toSeconds()),
        "run it by hand to see what it waits for");
  }

  private static byte[] read(InputStream in) {
    try (in) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (IOException _) {
      return new byte[0];
    }
  }

  /// `name-client` or `name-client.ending`.
  private static boolean isClient(String name) {
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name).endsWith("-client");
  }

  /// The JDK hands a text without `#!` to the shell; a password would be run as a command.
  private static boolean isPlainText(Path file) {
    try (var in = Files.newInputStream(file)) {
      var start = in.readNBytes(2);
      boolean script = start.length == 2 && start[0] == '#' && start[1] == '!';
      return !script && (start.length == 0 || (start[0] >= ' ' && start[0] < 0x7f));
    } catch (IOException _) {
      return false; // a program may be executable without being readable
    }
  }
}

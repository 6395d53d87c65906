package dev.earshot.vault;

import dev.earshot.vault.Password.Given;
import dev.earshot.vault.Password.Missing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Files that hold a password, in plain text or locked with an earlier one.
final class PasswordFile {

  private static final int MAX_BYTES = 64 * 1024;

  private static final Set<PosixFilePermission> EXECUTE =
      Set.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  private PasswordFile() {}

  /// True if anybody may execute the file, which makes a script of it. Pipes and devices are none.
  static boolean isProgram(Path file) {
    try {
      return Files.isRegularFile(file)
          && Files.getPosixFilePermissions(file).stream().anyMatch(EXECUTE::contains);
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  /// @param earlier what opens the file if it is locked itself
  /// @param deadline for pipes and devices, whose other end may be slow or never come: a shell's
  ///   `<(pass show vault)` is a pipe
  static Password read(Path file, Keyring earlier, Duration deadline) {
    byte[] content;
    try {
      content = Files.isRegularFile(file) ? content(file) : content(file, deadline);
    } catch (TimeoutException _) {
      return new Missing(
          "nothing wrote the password into this pipe or device within %d s, or not to its end"
              .formatted(deadline.toSeconds()),
          "name a file or a program, or see what is to write into it");
    } catch (IOException _) {
      return new Missing("the file can't be read", "allow this user to read it");
    }
    if (content.length > MAX_BYTES) {
      return new Missing(
          "the file is larger than %d KiB".formatted(MAX_BYTES >> 10),
          "it must hold the password and nothing else");
    }
    var password = new Bytes(content).stripped();
    var text = new String(password.array(), StandardCharsets.ISO_8859_1);
    if (Vault.isArmoured(text)) {
      var opened = earlier.bytes(text);
      if (opened.isEmpty()) {
        return new Missing(
            "the file is encrypted itself, and no password given before it opens it",
            "give the password that opens it first");
      }
      password = opened.get().withoutLineEnds();
    }
    if (password.isEmpty()) {
      return new Missing("the file is empty", "write the password into it");
    }
    return new Given(password);
  }

  private static byte[] content(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    }
  }

  /// Already opening a pipe waits for its other end, and nothing ends that: if nobody ever comes,
  /// the thread waits until the program ends.
  private static byte[] content(Path file, Duration deadline) throws IOException, TimeoutException {
    var reading = new FutureTask<>(() -> content(file));
    Thread.ofPlatform().daemon().start(reading);
    try {
      return reading.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}

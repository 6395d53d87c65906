package dev.earshot.inventory;

import dev.earshot.process.ProcessTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Runs a program that makes an inventory: for so long and not longer, and without keeping more of
/// its output than is wanted. What it started ends with it.
///
/// @param directory in which it runs
/// @param environment the whole of its environment
record ProgramRun(Path directory, Map<String, String> environment, Duration deadline) {

  /// The program ended.
  ///
  /// @param output absent if it isn't UTF-8
  /// @param complaint the first lines of its standard error, on one line
  record Ended(int exitCode, Optional<String> output, String complaint) {}

  /// The program could not be run to its end; the message says why.
  static final class Failed extends Exception {
    Failed(String message) {
      super(message);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  private static final int MAX_OUTPUT = 64 * 1024 * 1024;

  /// The end of what Java says: a number of the system's, and what it means.
  private static final Pattern SYSTEM_ERROR =
      Pattern.compile("error[=:] ?(\\d+)[,( ]+([^()]*)\\)? *$");

  private static final int MAX_COMPLAINT = 2_000;
  private static final int COMPLAINT_LINES = 5;

  Ended run(List<String> command) throws Failed {
    var builder = new ProcessBuilder(command).directory(directory.toAbsolutePath().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    long end = System.nanoTime() + deadline.toNanos();
    final Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new Failed("it can't be started: " + reason(e, command.getFirst()));
    }
    try (var tree = ProcessTree.of(process)) {
      process.getOutputStream().close();
      return ended(process, tree, end);
    } catch (IOException _) {
      throw new Failed("its output can't be read");
    }
  }

  private Ended ended(Process process, ProcessTree tree, long end) throws IOException, Failed {
    var output = head(process.getInputStream(), MAX_OUTPUT);
    var complaint = head(process.getErrorStream(), MAX_COMPLAINT);
    try {
      byte[] bytes = output.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (bytes.length > MAX_OUTPUT) {
        throw new Failed("it printed more than %d MiB".formatted(MAX_OUTPUT >> 20));
      }
      var said = complaint.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return new Ended(process.exitValue(), text(bytes), firstLines(said));
      }
    } catch (TimeoutException _) {
      // said below
    } catch (ExecutionException e) {
      throw new IOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      tree.end();
      throw new Failed("it was interrupted");
    }
    tree.end();
    throw new Failed("it did not end within %d seconds".formatted(deadline.toSeconds()));
  }

  /// At most one byte more than the limit; what comes after it stays in the pipe or, if it is only
  /// a complaint, is read and dropped.
  private static CompletableFuture<byte[]> head(InputStream stream, int limit) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            byte[] bytes = stream.readNBytes(limit + 1);
            if (limit == MAX_COMPLAINT) {
              stream.transferTo(OutputStream.nullOutputStream());
            }
            return bytes;
          } catch (IOException _) {
            return new byte[0]; // closed because the program was killed
          }
        },
        task -> Thread.ofPlatform().daemon().start(task));
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private static String firstLines(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .limit(COMPLAINT_LINES)
        .collect(Collectors.joining(" / "));
  }

  private static String reason(IOException e, String program) {
    var number = SYSTEM_ERROR.matcher(String.valueOf(e.getMessage()));
    if (!number.find()) {
      return "the system refuses to";
    }
    return number.group(1).equals("2")
        ? "%s, or the interpreter in its first line, does not exist".formatted(program)
        : number.group(2);
  }
}

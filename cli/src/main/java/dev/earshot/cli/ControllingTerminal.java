package dev.earshot.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/// The terminal that the program was started from, wherever its input and output go.
final class ControllingTerminal {

  private static final Path TTY = Path.of("/dev/tty");
  private static final int LONGEST_LINE = 4_096;

  private ControllingTerminal() {}

  /// Asks a question and reads a line that is not shown. Absent if there is no such terminal, if it
  /// can't be kept from showing what is typed, or if nothing is typed.
  static Optional<char[]> ask(String question) {
    try (var out = Files.newOutputStream(TTY, StandardOpenOption.WRITE);
        var in = Files.newInputStream(TTY)) {
      var before = stty("-g").strip();
      var restoring = Thread.ofPlatform().unstarted(() -> restore(before));
      Runtime.getRuntime().addShutdownHook(restoring); // as when somebody interrupts the program
      try {
        stty("-echo");
        out.write(question.getBytes(StandardCharsets.UTF_8));
        return line(in);
      } finally {
        restore(before);
        out.write('\n');
        Runtime.getRuntime().removeShutdownHook(restoring);
      }
    } catch (IOException | IllegalStateException _) {
      return Optional.empty(); // nobody is there, or they just left
    }
  }

  private static Optional<char[]> line(InputStream in) throws IOException {
    var bytes = new byte[LONGEST_LINE];
    int count = 0;
    int next = in.read();
    while (next >= 0 && next != '\n' && count < bytes.length) {
      bytes[count++] = (byte) next;
      next = in.read();
    }
    if (next < 0 && count == 0) {
      return Optional.empty();
    }
    var decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, count));
    var characters = new char[decoded.remaining()];
    decoded.get(characters);
    Arrays.fill(bytes, (byte) 0);
    Arrays.fill(decoded.array(), '\0');
    return Optional.of(characters);
  }

  private static void restore(String settings) {
    try {
      stty(settings);
    } catch (IOException _) {
      // whoever took the terminal away took its settings along
    }
  }

  /// Java has no call for this, and every system with such a terminal has the program.
  private static String stty(String argument) throws IOException {
    var process =
        new ProcessBuilder("stty", argument)
            .redirectInput(TTY.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var printed = new ByteArrayOutputStream();
    process.getInputStream().transferTo(printed);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("stty " + argument);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}

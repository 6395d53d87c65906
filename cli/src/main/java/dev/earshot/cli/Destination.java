package dev.earshot.cli;

import dev.earshot.text.Printable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where a result goes. Byte for byte, except to a terminal: what would steer that becomes a
/// question mark.
///
/// @param file nothing for standard output
record Destination(Terminal terminal, Optional<Path> file) {

  /// Writes a result piece by piece.
  @FunctionalInterface
  interface Result {
    void writeTo(Writer out) throws IOException;
  }

  /// @param wantsLineEnd standard output gets a line break behind the result; a file never does, as
  ///   with Ansible
  void write(boolean wantsLineEnd, Result result) {
    try (Writer out = open()) {
      result.writeTo(out);
      if (wantsLineEnd && file.isEmpty()) {
        out.write('\n');
      }
    } catch (IOException unwritable) {
      throw new Refusal(
          1,
          "%s can't be written: %s"
              .formatted(
                  file.map(Path::toString).orElse("standard output"),
                  unwritable.getClass().getSimpleName()));
    }
  }

  private Writer open() throws IOException {
    return file.isPresent()
        ? Files.newBufferedWriter(file.get())
        : new BufferedWriter(
            new Writer() {
              @Override
              public void write(char[] characters, int from, int length) {
                if (terminal.isScreen()) {
                  terminal.out().write(Printable.lines(new String(characters, from, length)));
                } else {
                  terminal.out().write(characters, from, length);
                }
              }

              @Override
              public void flush() {
                terminal.out().flush();
              }

              // Standard output stays open.
              @Override
              public void close() {
                flush();
              }
            },
            1 << 16);
  }
}

package dev.earshot.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes a file so that nobody who reads it meanwhile, node_exporter say, sees half of it: beside
/// it first, then in its place.
final class WholeFile {

  /// What the file is to hold.
  interface Content {
    void writeTo(Appendable file) throws IOException;
  }

  private WholeFile() {}

  /// A link stays one, and an old file's permissions stay. What is no file, a pipe say, or lies in
  /// a folder where nothing can be made, is written as it stands.
  static void write(Path path, Content content) throws IOException {
    boolean old = Files.exists(path);
    Path file = old ? path.toRealPath() : path.toAbsolutePath();
    Path folder = file.getParent();
    if ((old && !Files.isRegularFile(file)) || folder == null || !Files.isWritable(folder)) {
      fill(path, content);
      return;
    }
    Path beside =
        folder.resolve(".%s.%d".formatted(file.getFileName(), ProcessHandle.current().pid()));
    try {
      fill(beside, content);
      if (old) {
        Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(file));
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void fill(Path file, Content content) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      content.writeTo(writer);
    }
  }
}

package dev.earshot.inventory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Lists directories as Ansible does.
final class DirectoryListing {

  private static final Comparator<Path> BY_BYTES =
      Comparator.comparing(
          path -> path.getFileName().toString().getBytes(StandardCharsets.UTF_8),
          Arrays::compareUnsigned);

  private DirectoryListing() {}

  /// Everything in the directory, sorted by the bytes of the name. A directory that can't be read
  /// is reported and counts as empty.
  static List<Path> of(Path directory, Problems problems) {
    try (var paths = Files.list(directory)) {
      return paths.sorted(BY_BYTES).toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      problems.error(
          Location.of(directory),
          "the directory can't be read: " + e.getClass().getSimpleName(),
          "allow this user to read it");
      return List.of();
    }
  }

  /// A file name's ending with its dot; empty if it has none. A leading dot makes no ending.
  static String ending(String fileName) {
    int dot = fileName.lastIndexOf('.');
    boolean onlyLeadingDots =
        fileName.substring(0, Math.max(dot, 0)).chars().allMatch(c -> c == '.');
    return dot < 0 || onlyLeadingDots ? "" : fileName.substring(dot);
  }
}

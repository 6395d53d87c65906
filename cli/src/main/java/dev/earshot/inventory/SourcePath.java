package dev.earshot.inventory;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the path that stands behind an `-i`.
final class SourcePath {

  private SourcePath() {}

  /// The path with `~`, `$NAME`, `.` and `..` replaced, as Ansible does even where no shell did;
  /// absent if there can be no such path. Unset variables stay as they are, and a list of hosts as
  /// it is.
  static Optional<Path> of(String source, InventoryRequest request) {
    try {
      var here = request.workingDirectory();
      return Optional.of(
          source.contains(",")
              ? here.resolve(source)
              : request.surroundings().resolve(source, here));
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }
}

package dev.earshot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a command reads and writes: each file has to be for one purpose, or what is written last is
/// all that is left. What is no file, `/dev/null` say, takes everything.
final class FileUses {

  private final Map<Path, String> uses = new HashMap<>();
  private final List<String> clashes = new ArrayList<>();

  /// A file that is to stay as it is; it may be read twice.
  void reads(Path file) {
    uses.putIfAbsent(real(file), "is read");
  }

  /// @param use as a phrase: `the html report`
  void writes(Path file, String use) {
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      return;
    }
    String other = uses.putIfAbsent(real(file), "is to be " + use);
    if (other != null) {
      clashes.add(
          "%s %s, and would be overwritten by %s: give that a file of its own"
              .formatted(file, other, use));
    }
  }

  List<String> clashes() {
    return List.copyOf(clashes);
  }

  /// The same for all names of a file, also of one that is not there yet.
  private static Path real(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    try {
      if (Files.exists(file)) {
        return file.toRealPath();
      }
      Path folder = file.toAbsolutePath().getParent();
      Path name = file.getFileName();
      return folder == null || name == null ? absolute : folder.toRealPath().resolve(name);
    } catch (IOException _) {
      return absolute;
    }
  }
}

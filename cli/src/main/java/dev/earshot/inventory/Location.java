package dev.earshot.inventory;

import dev.earshot.text.Printable;
import java.nio.file.Path;

/// A place in an input file, printed as `hosts.yml:12`.
///
/// @param file the path as the user wrote it, so that the printed form can be opened from where
///   they stand
/// @param line counted from 1; 0 means the file as a whole
/// @param encrypted the file is encrypted, so what stands there is a secret
public record Location(Path file, int line, boolean encrypted) {

  public Location {
    if (line < 0) {
      throw new IllegalArgumentException("line " + line);
    }
  }

  /// A place in a file that anybody may read.
  public Location(Path file, int line) {
    this(file, line, false);
  }

  /// The file as a whole.
  public static Location of(Path file) {
    return new Location(file, 0);
  }

  /// What would steer a terminal becomes a question mark, in names of files, too.
  @Override
  public String toString() {
    var name = Printable.of(file.toString());
    return line == 0 ? name : name + ":" + line;
  }
}

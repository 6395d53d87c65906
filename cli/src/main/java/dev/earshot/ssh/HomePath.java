package dev.earshot.ssh;

import java.nio.file.Path;

/// Paths with the user's home as `~`, the way they are written in inventories and read in messages.
final class HomePath {
  static final Path HOME = Path.of(System.getProperty("user.home", ""));
  static final Path SSH = HOME.resolve(".ssh");

  private HomePath() {}

  static Path expanded(Path path) {
    return path.startsWith("~") ? HOME.resolve(Path.of("~").relativize(path)) : path;
  }

  static String shown(Path path) {
    return path.startsWith(HOME) ? "~/" + HOME.relativize(path) : path.toString();
  }

  /// The path as an argument in a command line for a shell.
  static String inCommand(Path path) {
    String shown = shown(path);
    return shown.matches("[\\w~./+:@-]+")
        ? shown
        : "'" + path.toString().replace("'", "'\\''") + "'";
  }
}

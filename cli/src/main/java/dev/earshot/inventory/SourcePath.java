package dev.earshot.inventory;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the path that stands behind an `-i`.
final class SourcePath {

  private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w+)|\\{([^}]*)\\})");

  private SourcePath() {}

  /// The path with `~`, `$NAME`, `.` and `..` replaced, as Ansible does even where no shell did;
  /// absent if there can be no such path. Unset variables stay as they are, and a list of hosts as
  /// it is.
  static Optional<Path> of(String source, InventoryRequest request) {
    try {
      return Optional.of(
          source.contains(",")
              ? request.workingDirectory().resolve(source)
              : request
                  .workingDirectory()
                  .resolve(expand(source, request.environment()))
                  .normalize());
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  private static String expand(String source, Map<String, String> environment) {
    var home = environment.get("HOME");
    var path =
        home != null && (source.equals("~") || source.startsWith("~/"))
            ? home + source.substring(1)
            : source;
    return VARIABLE
        .matcher(path)
        .replaceAll(match -> {
          var name = match.group(1) == null ? match.group(2) : match.group(1);
          return Matcher.quoteReplacement(environment.getOrDefault(name, match.group()));
        });
  }
}

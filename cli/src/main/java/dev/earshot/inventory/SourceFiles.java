package dev.earshot.inventory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The files that one `-i` stands for, and the directory beside which its `group_vars/` and
/// `host_vars/` stand.
record SourceFiles(List<Path> files, Path directory) {

  private static final int MAX_DEPTH = 20;

  /// What Ansible skips in an inventory directory, case and all.
  private static final Pattern SKIPPED =
      Pattern.compile(
          "^\\.|^host_vars$|^group_vars$|^vars_plugins$"
              + "|(?:~|\\.(?:pyc|pyo|swp|bak|rpm|md|txt|rst|orig|ini|cfg|retry))$");

  static SourceFiles of(Path source, Problems problems) {
    if (!Files.isDirectory(source)) {
      var parent = source.getParent();
      return new SourceFiles(List.of(source), parent == null ? Path.of("") : parent);
    }
    var files = new ArrayList<Path>();
    collect(source, files, problems, 0);
    if (files.isEmpty()) {
      problems.error(
          Location.of(source),
          "the directory holds no inventory: files such as .ini and .txt are skipped in it",
          "give the file itself with -i, or rename it to end in .yml or in nothing");
    }
    return new SourceFiles(files, source);
  }

  private static void collect(Path directory, List<Path> files, Problems problems, int depth) {
    for (var path : DirectoryListing.of(directory, problems)) {
      if (SKIPPED.matcher(path.getFileName().toString()).find()) {
        continue;
      }
      if (!Files.isDirectory(path)) {
        files.add(path);
      } else if (depth < MAX_DEPTH) {
        collect(path, files, problems, depth + 1);
      }
    }
  }
}

package dev.earshot.inventory;

import dev.earshot.python.PythonText;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The file behind `--limit @file`: one part of a pattern a line.
final class LimitFile {

  private LimitFile() {}

  /// Its lines; those that are empty count for nothing, so that an empty file limits nothing.
  static List<String> lines(Path base, String file, List<Problem> found) {
    var problems = new Problems();
    var lines = new ArrayList<String>();
    try {
      Path path = base.resolve(file);
      if (Files.exists(path)) {
        SourceText.read(path, problems).stream()
            .flatMap(source -> source.text().lines())
            .map(PythonText::strip)
            .filter(line -> !line.isEmpty())
            .forEach(lines::add);
      } else {
        problems.error(Location.of(path), "there is no such file", "check --limit @file");
      }
    } catch (InvalidPathException _) {
      problems.error(Location.of(Path.of("")), "no file has such a name", "check --limit @file");
    }
    found.addAll(problems.all());
    return lines;
  }
}

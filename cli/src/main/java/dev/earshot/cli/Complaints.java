package dev.earshot.cli;

import dev.earshot.inventory.Location;
import dev.earshot.inventory.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is wrong with input, for a person to read: all of it, unless one file has more than anybody
/// would mend one by one, as one that is no inventory has a mistake on every line.
final class Complaints {

  private static final int MOST_OF_A_FILE = 20;

  private Complaints() {}

  /// A sentence each, each once.
  ///
  /// @param problems of one severity
  static List<String> told(List<Problem> problems) {
    Map<Optional<Path>, List<Problem>> byFile = new LinkedHashMap<>();
    for (Problem problem : problems.stream().distinct().toList()) {
      byFile
          .computeIfAbsent(problem.where().map(Location::file), _ -> new ArrayList<>())
          .add(problem);
    }
    List<String> told = new ArrayList<>();
    byFile.forEach((file, all) -> {
      boolean tooMany = file.isPresent() && all.size() > MOST_OF_A_FILE;
      all.stream()
          .limit(tooMany ? MOST_OF_A_FILE : all.size())
          .map(Problem::toString)
          .forEach(told::add);
      if (tooMany) {
        told.add(
            "%s: and %d more like these; is it the file that was meant?"
                .formatted(Location.of(file.get()), all.size() - MOST_OF_A_FILE));
      }
    });
    return told;
  }
}

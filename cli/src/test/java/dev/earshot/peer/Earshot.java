package dev.earshot.peer;

import dev.earshot.inventory.AnsibleListing;
import dev.earshot.inventory.InventoryReader;
import dev.earshot.inventory.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Earshot, asked for the listing of an inventory.
final class Earshot {

  /// @param listing in the shape of `ansible-inventory --list`
  /// @param errors one a line; if there are any, the listing doesn't count
  record Reading(Map<String, Object> listing, String errors) {}

  private Earshot() {}

  /// Reads what a question's sources hold. Absent if it asks for more than a plain listing.
  static Optional<Reading> read(Question question) {
    if (question.configured()) {
      return Optional.empty();
    }
    var sources = new ArrayList<Path>();
    var words = question.argv().iterator();
    boolean ansible = words.next().equals("ansible-inventory");
    boolean list = false;
    while (words.hasNext()) {
      switch (words.next()) {
        case "--list" -> list = true;
        case "-i" -> sources.add(source(words.next(), question.cwd()));
        default -> ansible = false;
      }
    }
    return ansible && list && !sources.isEmpty() ? Optional.of(read(sources)) : Optional.empty();
  }

  private static Path source(String word, Path cwd) {
    var file = cwd.resolve(word);
    return word.contains(",") && !Files.exists(file) ? Path.of(word) : file;
  }

  private static Reading read(List<Path> sources) {
    var result = InventoryReader.read(sources);
    var listing = AnsibleListing.of(result.inventory());
    var errors =
        result.problems().stream()
            .filter(Problem::isError)
            .map(Problem::toString)
            .distinct()
            .collect(Collectors.joining("\n"));
    return new Reading(listing, errors);
  }
}

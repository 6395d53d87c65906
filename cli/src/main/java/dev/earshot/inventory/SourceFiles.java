package dev.earshot.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The files that one `-i` stands for, and the directory beside which its `group_vars/` and
/// `host_vars/` stand.
record SourceFiles(List<Path> files, Path directory) {

  private static final int MAX_DEPTH = 20;

  /// The last is no inventory, but what is declared of one.
  private static final String ALWAYS_SKIPPED =
      "^\\.|^host_vars$|^group_vars$|^vars_plugins$|^earshot\\.yml$";

  static SourceFiles of(Path source, ReadSettings settings, Problems problems) {
    if (!Files.isDirectory(source)) {
      var parent = source.getParent();
      return new SourceFiles(List.of(source), parent == null ? Path.of("") : parent);
    }
    var files = new ArrayList<Path>();
    skipped(settings, source, problems)
        .ifPresent(skipped -> new Search(skipped, files, problems).collect(source));
    if (files.isEmpty()) {
      problems.error(
          Location.of(source),
          "the directory holds no inventory: files ending in %s are skipped in it"
              .formatted(String.join(" ", settings.ignoredExtensions())),
          "give the file itself with -i, or rename it to end in .yml or in nothing");
    }
    return new SourceFiles(files, source);
  }

  private static Optional<Pattern> skipped(ReadSettings settings, Path source, Problems problems) {
    var patterns = new ArrayList<>(List.of(ALWAYS_SKIPPED));
    patterns.addAll(settings.ignoredPatterns());
    settings.ignoredExtensions().forEach(ending -> patterns.add(Pattern.quote(ending) + "$"));
    try {
      return Optional.of(Pattern.compile(String.join("|", patterns)));
    } catch (PatternSyntaxException e) {
      problems.error(
          Location.of(source),
          "one of the patterns of files to ignore is no regular expression: " + e.getDescription(),
          "mend inventory_ignore_patterns in ansible.cfg or the environment");
      return Optional.empty();
    }
  }

  private record Search(Pattern skipped, List<Path> files, Problems problems) {

    void collect(Path directory) {
      collect(directory, new HashSet<>());
    }

    /// @param above the directories on the way here, without links
    private void collect(Path directory, Set<Path> above) {
      var real = real(directory);
      if (above.size() == MAX_DEPTH || !above.add(real)) {
        problems.warning(
            Location.of(directory),
            "this directory leads back to one above it, or lies too deep, and is skipped",
            "remove the link");
        return;
      }
      for (var path : DirectoryListing.of(directory, problems)) {
        if (skipped.matcher(path.getFileName().toString()).find()) {
          continue;
        }
        if (Files.isDirectory(path)) {
          collect(path, above);
        } else {
          files.add(path);
        }
      }
      above.remove(real);
    }

    private static Path real(Path directory) {
      try {
        return directory.toRealPath();
      } catch (IOException _) {
        return directory;
      }
    }
  }
}

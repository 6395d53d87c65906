package dev.earshot.inventory;

import dev.earshot.python.PythonText;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Decides how a source is read. Ansible tries one reader after the other and shows only the last
/// one's complaint; deciding first gives one complaint that fits.
enum SourceFormat {
  INI,
  YAML;

  private static final Set<String> YAML_ENDINGS = Set.of(".yml", ".yaml", ".json");
  private static final Pattern YAML_START =
      Pattern.compile("---(\\s.*)?|%YAML.*|\\{.*|[^\\s=\\[][^=\\[]*:(\\s.*)?");
  private static final int LONGEST_START = 1_000;

  /// Absent if the source is of a kind that is not read here, which is reported.
  static Optional<SourceFormat> of(SourceText source, Problems problems) {
    var where = Location.of(source.file());
    var ending = DirectoryListing.ending(source.file().getFileName().toString());
    if (source.text().startsWith("#!") && Files.isExecutable(source.file())) {
      return refuse(problems, where, "this is a script, and inventory scripts are not run");
    }
    if (ending.toLowerCase(Locale.ROOT).equals(".toml")) {
      return refuse(problems, where, "this is a TOML inventory, and those are not read");
    }
    var start = start(source.text());
    if (YAML_ENDINGS.contains(ending)) {
      if (start.startsWith("[") && start.contains("]") && !ending.equals(".json")) {
        problems.error(
            where,
            "the name says YAML, but the content looks like INI",
            "name the file %s".formatted(renamed(source, ending, ".ini")));
        return Optional.empty();
      }
      return Optional.of(YAML);
    }
    boolean looksLikeYaml = YAML_START.matcher(start).matches();
    if (ending.isEmpty() && looksLikeYaml) {
      return Optional.of(YAML);
    }
    if (looksLikeYaml && !start.startsWith("{")) {
      problems.error(
          where,
          "the content looks like YAML, but a file ending in %s is read as INI".formatted(ending),
          "name the file %s".formatted(renamed(source, ending, ".yml")));
      return Optional.empty();
    }
    if (source.text().startsWith("\uFEFF")) {
      problems.error(
          where, "an INI inventory must not begin with a byte order mark", "save it without one");
      return Optional.empty();
    }
    return Optional.of(INI);
  }

  private static Optional<SourceFormat> refuse(Problems problems, Location where, String message) {
    problems.error(
        where,
        message,
        "run ansible-inventory --list --export --yaml -i %s and give the output instead"
            .formatted(where.file()));
    return Optional.empty();
  }

  private static String renamed(SourceText source, String ending, String better) {
    var name = source.file().getFileName().toString();
    return name.substring(0, name.length() - ending.length()) + better;
  }

  /// The first line that says something.
  private static String start(String text) {
    return text.lines()
        .map(PythonText::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
        .findFirst()
        .map(line -> line.substring(0, Math.min(line.length(), LONGEST_START)))
        .orElse("");
  }
}

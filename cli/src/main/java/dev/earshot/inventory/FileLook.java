package dev.earshot.inventory;

import dev.earshot.python.PythonText;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/// What a file looks like, by its name and its first line: which plugins may read it, and which of
/// their complaints helps if none can.
final class FileLook {

  private static final Pattern YAML_START =
      Pattern.compile("---(\\s.*)?|%YAML.*|\\{.*|-\\s.*|[^\\s=\\[][^=\\[]*:(\\s.*)?");
  private static final int LONGEST_START = 1_000;

  private final SourceText source;
  private final ReadSettings settings;
  private final String name;
  private final String ending;
  private final String start;

  FileLook(SourceText source, ReadSettings settings) {
    this.source = source;
    this.settings = settings;
    this.name = source.file().getFileName().toString();
    this.ending = DirectoryListing.ending(name);
    this.start =
        source
            .text()
            .lines()
            .filter(line -> !FileSource.isBlankOrComment(line))
            .findFirst()
            .map(PythonText::strip)
            .map(line -> line.substring(0, Math.min(line.length(), LONGEST_START)))
            .orElse("");
  }

  /// The name's ending with its dot.
  String ending() {
    return ending;
  }

  /// The first line that says something.
  String start() {
    return start;
  }

  boolean mayBeYaml() {
    return ending.isEmpty() || settings.yamlExtensions().contains(ending);
  }

  boolean mayConfigureAnyPlugin() {
    return name.endsWith(".yml") || name.endsWith(".yaml");
  }

  boolean mayConfigurePlugin() {
    return mayBeYaml() || ending.equals(".config");
  }

  boolean isToml() {
    return ending.equals(".toml");
  }

  /// What to tell if no plugin could read the file.
  List<Problem> complaints(List<Problem> ofYaml, List<Problem> ofIni) {
    var where = Location.of(source.file());
    boolean looksLikeIni = start.startsWith("[") && start.contains("]") && !ending.equals(".json");
    boolean looksLikeYaml = YAML_START.matcher(start).matches();
    if (isToml()) {
      return List.of(
          Problem.error(
              where,
              "this is a TOML inventory, and those are not read",
              "run ansible-inventory -i %s --list > static.json and give that file instead"
                  .formatted(source.file())));
    }
    if (source.text().startsWith("#!") && !Files.isExecutable(source.file())) {
      return List.of(
          Problem.error(
              where,
              "this is an inventory script, but it may not be executed",
              "run chmod +x %s".formatted(source.file())));
    }
    if (!ofYaml.isEmpty() && !looksLikeIni && (!ending.isEmpty() || looksLikeYaml)) {
      return ofYaml;
    }
    if (!ofIni.isEmpty() && looksLikeYaml && !mayBeYaml() && !start.startsWith("{")) {
      return List.of(
          Problem.error(
              where,
              "the content looks like YAML, but a file ending in %s is read as INI"
                  .formatted(ending),
              "name the file %s.yml".formatted(name.substring(0, name.lastIndexOf('.')))));
    }
    if (!ofIni.isEmpty() || !ofYaml.isEmpty()) {
      return ofIni.isEmpty() ? ofYaml : ofIni;
    }
    return List.of(
        Problem.error(
            where,
            "none of the enabled plugins reads this file: "
                + String.join(", ", settings.enabledPlugins()),
            "add yaml or ini to enable_plugins in ansible.cfg"));
  }
}

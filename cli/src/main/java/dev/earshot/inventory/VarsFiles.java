package dev.earshot.inventory;

import dev.earshot.python.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/// Finds and reads the files of `group_vars/` and `host_vars/`. Each is read once.
final class VarsFiles {

  private static final List<String> ENDINGS = List.of("", ".yml", ".yaml", ".json");
  private static final int MAX_DEPTH = 20;

  private final Problems problems;
  private final Map<Path, Map<String, Variable>> read = new HashMap<>();
  private final Map<Path, Boolean> present = new HashMap<>();

  VarsFiles(Problems problems) {
    this.problems = problems;
  }

  /// The variables that the files for a name set: the first of `name`, `name.yml`, `name.yaml` and
  /// `name.json` counts, the others are not looked at; a directory stands for the files in it, the
  /// last of which wins.
  ///
  /// @param directory a `group_vars` or `host_vars`, which need not exist
  Map<String, Variable> variables(Path directory, String name) {
    if (!present.computeIfAbsent(directory, Files::isDirectory)) {
      return Map.of();
    }
    var variables = new LinkedHashMap<String, Variable>();
    for (var file : find(directory, name)) {
      variables.putAll(read.computeIfAbsent(file, this::read));
    }
    return variables;
  }

  private List<Path> find(Path directory, String name) {
    var path = directory.resolve(name.startsWith("/") ? "" : name).normalize();
    if (path.equals(directory.normalize()) || !path.startsWith(directory.normalize())) {
      return List.of();
    }
    for (var ending : ENDINGS) {
      var candidate = directory.resolve(name + ending);
      if (Files.isDirectory(candidate)) {
        var files = new ArrayList<Path>();
        collect(candidate, files, 0);
        return files;
      }
      if (Files.exists(candidate)) {
        return List.of(candidate);
      }
    }
    return List.of();
  }

  private void collect(Path directory, List<Path> files, int depth) {
    for (var path : DirectoryListing.of(directory, problems)) {
      var name = path.getFileName().toString();
      var ending = DirectoryListing.ending(name);
      if (name.startsWith(".") || name.endsWith("~")) {
        continue;
      }
      if (Files.isDirectory(path) && ending.isEmpty() && depth < MAX_DEPTH) {
        collect(path, files, depth + 1);
      } else if (Files.isRegularFile(path) && ENDINGS.contains(ending)) {
        files.add(path);
      }
    }
  }

  private Map<String, Variable> read(Path file) {
    var variables = new LinkedHashMap<String, Variable>();
    SourceText.read(file, problems)
        .filter(source -> !isVaulted(source))
        .flatMap(source ->
            YamlDocument.parse(source, problems)
                .flatMap(YamlDocument::root)
                .map(root -> read(root, source)))
        .ifPresent(variables::putAll);
    return variables;
  }

  private boolean isVaulted(SourceText source) {
    boolean vaulted = source.text().startsWith("$ANSIBLE_VAULT");
    if (vaulted) {
      problems.warning(
          Location.of(source.file()),
          "the file is encrypted with Ansible Vault, so its variables are not known",
          "keep what is needed to connect in a file that is not encrypted");
    }
    return vaulted;
  }

  private Map<String, Variable> read(Node root, SourceText source) {
    var values = new YamlValues(source, ReadSettings.DuplicateKeys.WARN, problems);
    var variables = new LinkedHashMap<String, Variable>();
    if (root instanceof MappingNode mapping) {
      for (var entry : values.entries(mapping)) {
        values
            .value(entry.node())
            .ifPresent(
                value -> variables.put(keyOf(entry.key()), new Variable(value, entry.where())));
      }
    } else {
      values
          .value(root)
          .filter(Value::isTruthy)
          .ifPresent(wrong ->
              problems.error(
                  values.where(root),
                  "a file of variables must be a mapping but is " + wrong.kind(),
                  "write name: value, one a line"));
    }
    return variables;
  }

  /// A key as the name of a variable: `1: x` sets the variable `1`, as in Ansible's output.
  static String keyOf(Value key) {
    return switch (key) {
      case Value.Bool(boolean truth) -> truth ? "true" : "false";
      case Value value -> value.asText().orElse("null");
    };
  }
}

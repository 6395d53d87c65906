package dev.earshot.inventory;

import dev.earshot.python.Value;
import dev.earshot.vault.Vault;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/// Finds and reads the files of `group_vars/` and `host_vars/`, each when it is first needed.
final class VarsFiles {

  private static final List<String> USUAL_ENDINGS = List.of(".yml", ".yaml", ".json");
  private static final int MAX_DEPTH = 20;

  private final ReadSettings settings;
  private final Vault vault;
  private final Problems problems = new Problems();
  private final List<String> endings = new ArrayList<>();
  private final Set<Path> locked = new LinkedHashSet<>();
  private final Map<Path, Map<String, Variable>> read = new HashMap<>();
  private final Map<Path, Set<String>> listed = new HashMap<>();

  VarsFiles(ReadSettings settings, Vault vault) {
    this.settings = settings;
    this.vault = vault;
    boolean usual = Set.copyOf(settings.yamlExtensions()).equals(Set.copyOf(USUAL_ENDINGS));
    endings.add("");
    endings.addAll(usual ? USUAL_ENDINGS : settings.yamlExtensions());
  }

  /// What was wrong with the files that were needed so far.
  List<Problem> problems() {
    return problems.all();
  }

  /// The files that were needed so far and stayed locked.
  List<Path> locked() {
    return List.copyOf(locked);
  }

  /// The variables that the files for a name set, file by file: the first of `name`, `name.yml`,
  /// `name.yaml` and `name.json` counts, the others are not looked at; a directory stands for the
  /// files in it, the last of which wins.
  ///
  /// @param directory a `group_vars` or `host_vars`, which need not exist
  List<Map<String, Variable>> variables(Path directory, String name) {
    if (!settings.readsVarsFiles()) {
      return List.of();
    }
    var names = listed.computeIfAbsent(directory, this::list);
    if (names.isEmpty()) {
      return List.of();
    }
    var files = find(directory, names, name);
    return files.isEmpty()
        ? List.of()
        : files.stream().map(file -> read.computeIfAbsent(file, this::read)).toList();
  }

  /// The names of what is in a directory, with and without their endings.
  private Set<String> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      if (Files.exists(directory)) {
        problems.warning(
            Location.of(directory), "this is not a directory and is skipped", "make it one");
      }
      return Set.of();
    }
    return DirectoryListing.of(directory, problems).stream()
        .map(path -> path.getFileName().toString())
        .flatMap(name ->
            endings.stream()
                .filter(name::endsWith)
                .map(ending -> name.substring(0, name.length() - ending.length())))
        .collect(Collectors.toSet());
  }

  private List<Path> find(Path directory, Set<String> names, String name) {
    if (name.startsWith("/")) {
      return List.of();
    }
    boolean nested = name.contains("/");
    if (!nested && !names.contains(name)) {
      return List.of();
    }
    for (var ending : endings) {
      var candidate = below(directory, name + ending);
      if (candidate.isPresent() && Files.isDirectory(candidate.get())) {
        var files = new ArrayList<Path>();
        collect(candidate.get(), files, 0);
        return files;
      }
      if (candidate.isPresent() && Files.exists(candidate.get())) {
        return List.of(candidate.get());
      }
    }
    return List.of();
  }

  /// Absent if the name leads out of the directory, or is none that a file can have.
  private static Optional<Path> below(Path directory, String name) {
    try {
      var path = directory.resolve(name).normalize();
      var base = directory.normalize();
      return path.equals(base) || !path.startsWith(base)
          ? Optional.empty()
          : Optional.of(directory.resolve(name));
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
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
      } else if (Files.isRegularFile(path) && endings.contains(ending)) {
        files.add(path);
      }
    }
  }

  private Map<String, Variable> read(Path file) {
    return SourceText.read(file, problems)
        .flatMap(this::opened)
        .flatMap(source ->
            YamlDocument.parse(source, problems)
                .flatMap(YamlDocument::root)
                .map(root -> read(root, source)))
        .orElse(Map.of());
  }

  private Optional<SourceText> opened(SourceText source) {
    if (!Vault.isArmoured(source.text())) {
      return Optional.of(source);
    }
    return switch (vault.open(source.text())) {
      case Vault.Opening.Opened(var plain) -> Optional.of(source.holding(plain));
      case Vault.Opening.Locked(var reason) -> {
        locked.add(source.file());
        problems.warning(
            Location.of(source.file()),
            "the file is encrypted with Ansible Vault and its variables are not known: " + reason,
            "give the password with --vault-password-file, or keep what is needed to connect in a"
                + " file that is not encrypted");
        yield Optional.empty();
      }
    };
  }

  private Map<String, Variable> read(Node root, SourceText source) {
    var values = new YamlValues(source, settings.duplicateKeys(), problems);
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

package dev.earshot.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/// A case and the folder it lies in.
///
/// @param name section and name, such as `ini/ranges`
record CaseFolder(String name, Path folder, InventoryCase content) {

  static final Path ALL = Path.of("src/test/resources/inventory/cases").toAbsolutePath();

  private static final Path PENDING =
      Path.of("src/test/resources/inventory/pending.txt").toAbsolutePath();

  /// Names of cases in which Earshot still differs. One that no longer does must leave the list.
  static Set<String> pending() throws IOException {
    return Set.copyOf(Files.readAllLines(PENDING));
  }

  /// All cases, by name.
  static List<CaseFolder> all() throws IOException {
    var cases = new ArrayList<CaseFolder>();
    for (var section : folders(ALL)) {
      for (var folder : folders(section)) {
        var name = ALL.relativize(folder).toString();
        cases.add(new CaseFolder(name, folder, InventoryCase.read(folder)));
      }
    }
    return cases;
  }

  private static List<Path> folders(Path parent) throws IOException {
    try (var children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted().toList();
    }
  }

  /// The questions of this case, each in a copy of the folder below a scratch folder.
  List<Question> questions(Path scratch) throws IOException {
    var questions = new ArrayList<Question>();
    for (var command : content.run()) {
      var copy = scratch.resolve(name).resolve(String.valueOf(questions.size()));
      copyTo(copy);
      var home = copy.resolve("home");
      boolean ownHome = Files.isDirectory(home);
      var environment = new HashMap<>(content.environment());
      environment.put("HOME", (ownHome ? home : scratch).toString());
      boolean configured =
          ownHome || !content.environment().isEmpty() || Files.exists(copy.resolve("ansible.cfg"));
      questions.add(new Question(InventoryCase.words(command), copy, environment, configured));
    }
    return questions;
  }

  private void copyTo(Path copy) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.toList()) {
        if (!file.equals(folder.resolve(InventoryCase.FILE))) {
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy.resolve(folder.relativize(file).toString()));
        }
      }
    }
    for (var each : content.folders()) {
      Files.createDirectories(copy.resolve(each));
    }
    for (var each : content.executable()) {
      Files.setPosixFilePermissions(
          copy.resolve(each), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    for (var link : content.links().entrySet()) {
      var path = copy.resolve(link.getKey());
      Files.createDirectories(path.getParent());
      Files.createSymbolicLink(path, Path.of(link.getValue()));
    }
  }
}

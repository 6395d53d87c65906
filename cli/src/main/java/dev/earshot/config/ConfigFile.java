package dev.earshot.config;

import dev.earshot.inventory.Location;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Severity;
import dev.earshot.python.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the one `ansible.cfg` that counts, and reads it.
///
/// @param path absent if there is none
/// @param text absent if there is no file or it can't be read
record ConfigFile(Optional<Path> path, Optional<ConfigText> text, List<Problem> problems) {

  private static final int MAX_BYTES = 1024 * 1024;
  private static final String NAME = "ansible.cfg";

  /// The first that can be read of: what `ANSIBLE_CONFIG` names, the working directory's unless
  /// anybody may write there, the user's, the machine's.
  static ConfigFile find(Surroundings surroundings, Path system) {
    var problems = new ArrayList<Problem>();
    var candidates = new ArrayList<Path>();
    var named = named(surroundings, problems);
    named.ifPresent(candidates::add);
    var here = surroundings.workingDirectory().resolve(NAME);
    boolean open = isWorldWritable(surroundings.workingDirectory());
    if (!open) {
      candidates.add(here);
    }
    candidates.add(surroundings.home().resolve("." + NAME));
    candidates.add(system);
    var found = candidates.stream().filter(Files::isReadable).findFirst();
    if (open && Files.exists(here) && (named.isEmpty() || !found.equals(named))) {
      problems.add(
          Problem.warning(
              Location.of(here),
              "the file is ignored, because anybody may write to its directory",
              "run chmod o-w on the directory, or name the file in ANSIBLE_CONFIG"));
    }
    var text = found.flatMap(path -> read(path, problems));
    text.ifPresent(each -> problems.addAll(each.problems()));
    return new ConfigFile(found, text, List.copyOf(problems));
  }

  private static Optional<Path> named(Surroundings surroundings, List<Problem> problems) {
    var name = surroundings.environment().get("ANSIBLE_CONFIG");
    try {
      return Optional.ofNullable(name)
          .map(surroundings::resolve)
          .map(path -> Files.isDirectory(path) ? path.resolve(NAME) : path);
    } catch (InvalidPathException _) {
      problems.add(
          new Problem(
              Severity.WARNING,
              Optional.empty(),
              "ANSIBLE_CONFIG is no path",
              "name an ansible.cfg in it"));
      return Optional.empty();
    }
  }

  private static boolean isWorldWritable(Path directory) {
    try {
      return Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  private static Optional<ConfigText> read(Path file, List<Problem> problems) {
    var where = Location.of(file);
    var name = file.getFileName() == null ? "" : file.getFileName().toString();
    if (!name.endsWith(".cfg") && !name.endsWith(".ini")) {
      problems.add(
          Problem.error(
              where, "Ansible's configuration must be a .cfg or .ini file", "name it ansible.cfg"));
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        problems.add(
            Problem.error(where, "the file is larger than 1 MiB", "name an ansible.cfg instead"));
        return Optional.empty();
      }
      return Optional.of(ConfigText.parse(file, new String(bytes, StandardCharsets.UTF_8)));
    } catch (IOException _) {
      problems.add(Problem.error(where, "the file can't be read", "check what it is"));
      return Optional.empty();
    }
  }
}

package dev.earshot.collect;

import dev.earshot.inventory.Host;
import dev.earshot.inventory.Location;
import dev.earshot.python.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// How reports call a file of the inventory. They are read on other machines, and paths tell of
/// people's homes. From the working directory on, which in CI is the repository's root, a reader
/// finds the file; of one that is not below it, what matters is where it is from the inventory on.
final class VarsPath {

  private static final Set<String> OF_VARIABLES = Set.of("group_vars", "host_vars");

  private VarsPath() {}

  /// `inventories/prod/hosts.yml`; of what lies outside the working directory `hosts.yml`,
  /// `group_vars/databases.yml`; of what lies elsewhere the part from `group_vars` or `host_vars`
  /// on, else the name alone.
  static String of(Host host, Location where, Surroundings surroundings) {
    return surroundings.relative(where.file()).orElseGet(() -> fromInventory(host, where));
  }

  private static String fromInventory(Host host, Location where) {
    Path folder = host.declared().file().toAbsolutePath().normalize().getParent();
    Path file = where.file().toAbsolutePath().normalize();
    if (folder != null && folder.getNameCount() > 0 && file.startsWith(folder)) {
      return folder.relativize(file).toString();
    }
    List<String> parts =
        StreamSupport.stream(file.spliterator(), false).map(Path::toString).toList();
    int last = parts.size() - 1;
    int start =
        IntStream.range(0, last)
            .filter(at -> OF_VARIABLES.contains(parts.get(at)))
            .reduce((_, later) -> later)
            .orElse(Math.max(0, last));
    return String.join("/", parts.subList(start, parts.size()));
  }
}

package dev.earshot.collect;

import dev.earshot.inventory.Host;
import dev.earshot.inventory.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// How reports call a file of the inventory. They are read on other machines, and paths tell of
/// people's homes: what matters is where the file is from the inventory on.
final class VarsPath {

  private static final Set<String> OF_VARIABLES = Set.of("group_vars", "host_vars");

  private VarsPath() {}

  /// `hosts.yml`, `group_vars/databases.yml`; of what lies elsewhere the part from `group_vars` or
  /// `host_vars` on, else the name alone.
  static String of(Host host, Location where) {
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

package dev.earshot.inventory;

import dev.earshot.python.PythonText;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads a source that is itself the list of hosts: `-i db1,db2:2222` or `-i db1,`.
final class HostListSource {

  private HostListSource() {}

  /// True if the source holds a comma and is no file.
  static boolean isHostList(Path source) {
    return source.toString().contains(",") && !Files.exists(source);
  }

  static void read(Path source, InventoryData data) {
    var where = Location.of(source);
    for (var item : source.toString().split(",", -1)) {
      var name = PythonText.strip(item);
      if (name.isEmpty()) {
        continue;
      }
      var address = HostAddress.parse(name, false);
      data.addHost(
          address.map(HostAddress::host).orElse(name),
          address.flatMap(HostAddress::port),
          Group.UNGROUPED,
          where);
    }
  }
}

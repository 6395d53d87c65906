package dev.earshot.inventory;

import dev.earshot.python.PythonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads a source that is itself the list of hosts: `-i db1,db2:2222` or `-i db1,`.
final class HostListSource {

  private HostListSource() {}

  /// True if the source holds a comma and is no file.
  static boolean isHostList(String source, Optional<Path> path) {
    return source.contains(",") && path.filter(Files::exists).isEmpty();
  }

  static void read(String source, ReadSettings settings, InventoryData data) {
    for (var plugin : settings.enabledPlugins()) {
      switch (PluginNames.plain(plugin)) {
        case "host_list" -> {
          read(source, false, data);
          return;
        }
        case "advanced_host_list" -> {
          read(source, true, data);
          return;
        }
        default -> {
          // reads files
        }
      }
    }
    data.problems()
        .add(
            Problem.error(
                "%s is a list of hosts, but the plugin host_list is not enabled".formatted(source),
                "add host_list to enable_plugins in ansible.cfg"));
  }

  private static void read(String source, boolean ranges, InventoryData data) {
    var where = Location.of(Path.of(source.replace('\0', '?')));
    for (var item : source.split(",", -1)) {
      var name = PythonText.strip(item);
      if (name.isEmpty()) {
        continue;
      }
      var address = HostAddress.parse(name, ranges);
      var host = address.map(HostAddress::host).orElse(name);
      var port = address.flatMap(HostAddress::port);
      for (var each : ranges ? data.expanded(host, name) : List.of(host)) {
        if (!data.hosts().containsKey(each)) {
          data.addHost(each, port, Group.UNGROUPED, where);
        }
      }
    }
  }
}

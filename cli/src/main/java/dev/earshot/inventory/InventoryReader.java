package dev.earshot.inventory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/// Reads inventories.
public final class InventoryReader {

  private InventoryReader() {}

  /// Reads all sources into one inventory. Never throws for what is in them: every problem of every
  /// source is in the result.
  ///
  /// @param sources what stands behind each `-i`, in order: files, directories, or lists of hosts
  ///   with a comma in them; where they say different things about one host, the later wins
  public static InventoryResult read(List<Path> sources) {
    var problems = new Problems();
    var data = new InventoryData(problems);
    var directories = new ArrayList<Path>();
    for (var source : sources) {
      if (HostListSource.isHostList(source)) {
        HostListSource.read(source, data);
      } else {
        var found = SourceFiles.of(source, problems);
        directories.add(found.directory());
        found.files().forEach(file -> read(file, data));
      }
    }
    data.reconcile();
    return new InventoryResult(inventory(data, directories), problems.all());
  }

  private static void read(Path file, InventoryData data) {
    SourceText.read(file, data.problems())
        .ifPresent(source ->
            SourceFormat.of(source, data.problems())
                .ifPresent(format -> {
                  switch (format) {
                    case INI -> IniSource.read(source, data);
                    case YAML -> YamlSource.read(source, data);
                  }
                }));
  }

  private static Inventory inventory(InventoryData data, List<Path> directories) {
    var all = Objects.requireNonNull(data.groups().get(Group.ALL));
    var effective = new EffectiveVariables(all, directories, new VarsFiles(data.problems()));
    var groups = new LinkedHashMap<String, Group>();
    data.groups().values().forEach(node -> groups.put(node.name, effective.group(node)));
    var hosts = new LinkedHashMap<String, Host>();
    data.hosts().values().forEach(node -> hosts.put(node.name, effective.host(node)));
    return new Inventory(hosts, groups);
  }
}

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
  public static InventoryResult read(InventoryRequest request) {
    var problems = new Problems();
    var data = new InventoryData(problems);
    var directories = new ArrayList<Path>();
    for (var source : request.sources()) {
      var path = request.workingDirectory().resolve(source);
      if (HostListSource.isHostList(path)) {
        HostListSource.read(Path.of(source), data);
      } else {
        var found = SourceFiles.of(path, problems);
        directories.add(found.directory());
        found.files().forEach(file -> read(file, request, data));
      }
    }
    data.reconcile();
    return new InventoryResult(inventory(data, directories), problems.all());
  }

  private static void read(Path file, InventoryRequest request, InventoryData data) {
    SourceText.read(file, data.problems())
        .flatMap(source -> source.opened(request.vault(), data.problems()))
        .ifPresent(source ->
            SourceFormat.of(source, data.problems())
                .ifPresent(format -> {
                  switch (format) {
                    case INI -> IniSource.read(source, data);
                    case YAML -> YamlSource.read(source, request.settings(), data);
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

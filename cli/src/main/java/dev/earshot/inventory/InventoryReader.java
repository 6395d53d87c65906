package dev.earshot.inventory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/// Reads inventories.
public final class InventoryReader {

  private InventoryReader() {}

  /// Reads all sources into one inventory. Never throws for what is in them: every problem of every
  /// source is in the result. Files of variables are read later, when a host needs them.
  public static InventoryResult read(InventoryRequest request) {
    var problems = new Problems();
    var data = new InventoryData(problems, new Combination(request.settings().mergesMappings()));
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
    unknownPrecedence(request.settings()).ifPresent(problems::add);
    return new InventoryResult(new Inventory(data, directories, request), problems.all());
  }

  private static Optional<Problem> unknownPrecedence(ReadSettings settings) {
    var unknown = new ArrayList<>(settings.precedence());
    unknown.removeAll(ReadSettings.defaults().precedence());
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Problem(
                Severity.WARNING,
                Optional.empty(),
                "precedence names what is no level of variables: " + String.join(", ", unknown),
                "write some of " + String.join(", ", ReadSettings.defaults().precedence())));
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
}

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
    var data = new InventoryData(request.settings(), problems);
    var directories = new ArrayList<Path>();
    for (var source : request.sources()) {
      if (!source.isEmpty()) {
        read(source, request, data).ifPresent(directories::add);
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

  /// The directory beside which the source's `group_vars/` stand, if it has one.
  private static Optional<Path> read(String source, InventoryRequest request, InventoryData data) {
    var path = SourcePath.of(source, request);
    if (HostListSource.isHostList(source, path)) {
      HostListSource.read(source, request.settings(), data);
      return Optional.empty();
    }
    if (path.isEmpty()) {
      data.problems()
          .add(Problem.error("there can be no file of this name: " + source, "check -i"));
      return Optional.empty();
    }
    var found = SourceFiles.of(path.get(), request.settings(), data.problems());
    for (var file : found.files()) {
      FileSource.read(file, request, data);
      data.addDirectory(directoryOf(file));
    }
    return Optional.of(found.directory());
  }

  private static Path directoryOf(Path file) {
    var parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }
}

package dev.earshot.cli;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.history.History;
import dev.earshot.history.HistoryException;
import dev.earshot.history.HistoryLocation;
import dev.earshot.history.Inventory;
import dev.earshot.history.NewRun;
import dev.earshot.python.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Whether and where an audit is kept, and as what.
final class HistoryOptions {

  private final Terminal terminal;
  private final Surroundings surroundings;

  @Mixin final HistoryPlace place;

  @Option(names = "--no-history", description = "Keep nothing.")
  boolean without;

  @Option(
      names = "--history-name",
      paramLabel = "NAME",
      description =
          "What the inventory is called in the history; audits of the same one are compared (default: its path, or its files' names where evidence is joined).")
  @Nullable String name;

  HistoryOptions(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
    this.place = new HistoryPlace(surroundings);
  }

  /// Where, if at all.
  ///
  /// @throws HistoryException if what the user wrote is no place
  Optional<HistoryLocation> location() {
    if (without && place.history != null) {
      throw new UsageException(List.of("--history and --no-history contradict each other"));
    }
    return without ? Optional.empty() : Optional.of(place.location());
  }

  /// By what the inventory is known.
  Inventory inventory(InventoryOptions inventory) {
    return new Inventory(
        name == null
            ? inventory.chosenSources().stream()
                .map(this::absolute)
                .collect(Collectors.joining(", "))
            : name,
        inventory.limit == null ? "" : inventory.limit);
  }

  /// By what the inventory of saved evidence is known: the names of its files, without the folders
  /// that are told where they were below the working directory, so that runs from other folders
  /// stay comparable.
  Inventory inventory(FleetRecording recording) {
    String files =
        recording.hosts().stream()
            .map(host -> host.host().file())
            .filter(file -> !file.isEmpty())
            .map(file -> file.substring(file.lastIndexOf('/') + 1))
            .distinct()
            .collect(Collectors.joining(", "));
    return new Inventory(
        Optional.ofNullable(name).orElse(files.isEmpty() ? "saved evidence" : files), "");
  }

  private String absolute(String source) {
    if (source.contains(",")) {
      return source;
    }
    Path path = surroundings.resolve(source);
    try {
      return path.toRealPath().toString();
    } catch (IOException _) {
      return path.toString();
    }
  }

  /// Keeps an audit. That it can't be kept is told, and changes nothing else.
  void keep(HistoryLocation location, NewRun run) {
    try (History history = History.open(location)) {
      history.keep(run);
    } catch (HistoryException unkept) {
      terminal.progress(
          "warning: this audit was not kept: %s (--no-history keeps none)"
              .formatted(unkept.getMessage()));
    }
  }
}

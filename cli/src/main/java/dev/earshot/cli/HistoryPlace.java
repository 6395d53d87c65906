package dev.earshot.cli;

import dev.earshot.history.HistoryLocation;
import dev.earshot.python.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Where the history is.
final class HistoryPlace {

  private final Surroundings surroundings;

  @Option(
      names = "--history",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE|URL",
      description =
          "Where audits are kept: a file, or postgresql://USER@HOST/DATABASE (default: earshot/history.db in $$XDG_STATE_HOME or ~/.local/state).")
  @Nullable String history;

  HistoryPlace(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// @throws dev.earshot.history.HistoryException if what the user wrote is no place
  HistoryLocation location() {
    return history == null
        ? HistoryLocation.usual(surroundings)
        : HistoryLocation.of(history, surroundings);
  }
}

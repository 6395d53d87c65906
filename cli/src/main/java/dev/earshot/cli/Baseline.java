package dev.earshot.cli;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.history.History;
import dev.earshot.history.HistoryLocation;
import dev.earshot.history.Inventory;
import dev.earshot.history.NewRun;
import dev.earshot.recording.RecordingStore;
import dev.earshot.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// The audit that was found good.
sealed interface Baseline {

  /// What is missing where there is none, as a phrase.
  String label();

  /// What the hosts answered then; nothing where there is none yet.
  Optional<FleetRecording> last();

  /// Puts another audit in its place.
  void replace(FleetRecording recording);

  /// What `--save` or `--update` wrote.
  record OfFile(Path file) implements Baseline {
    @Override
    public String label() {
      return "baseline " + Printable.of(file.toString());
    }

    @Override
    public Optional<FleetRecording> last() {
      return Files.exists(file) ? Optional.of(RecordingStore.load(file)) : Optional.empty();
    }

    @Override
    public void replace(FleetRecording recording) {
      RecordingStore.save(recording, file);
    }
  }

  /// The inventory's last audit that was kept.
  ///
  /// @param run puts an audit into the history's words
  record OfHistory(
      HistoryLocation location, Inventory inventory, Function<FleetRecording, NewRun> run)
      implements Baseline {
    @Override
    public String label() {
      return Printable.of(
          "audit of %s in the history %s".formatted(inventory.label(), location.label()));
    }

    @Override
    public Optional<FleetRecording> last() {
      if (!location.isThere()) {
        return Optional.empty();
      }
      try (History history = History.open(location)) {
        return history.lastEvidence(inventory);
      }
    }

    @Override
    public void replace(FleetRecording recording) {
      try (History history = History.open(location)) {
        history.keep(run.apply(recording));
      }
    }
  }
}

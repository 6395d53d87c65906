package dev.earshot.cli;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.history.History;
import dev.earshot.history.HistoryLocation;
import dev.earshot.history.Inventory;
import dev.earshot.history.NewRun;
import dev.earshot.recording.Judging;
import dev.earshot.recording.RecordingStore;
import dev.earshot.recording.SavedAudit;
import dev.earshot.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// The audit that was found good.
sealed interface Baseline {

  /// What is missing where there is none, as a phrase.
  String label();

  /// What the hosts answered then, and how that was judged; nothing where there is none yet.
  Optional<Last> last();

  /// Puts another audit in its place.
  ///
  /// @param run in the history's words, where it is kept there
  void replace(FleetRecording recording, Judging judging, Supplier<NewRun> run);

  /// The audit that is compared with.
  record Last(FleetRecording recording, Judging judging) {

    private static Last of(SavedAudit kept) {
      return new Last(kept.recording(), kept.judging());
    }
  }

  /// What `--save` or `--update` wrote.
  record OfFile(Path file) implements Baseline {
    @Override
    public String label() {
      return "baseline " + Printable.of(file.toString());
    }

    @Override
    public Optional<Last> last() {
      if (!Files.exists(file) || isEmptyFolder()) {
        return Optional.empty();
      }
      return Optional.of(Last.of(RecordingStore.open(file)));
    }

    @Override
    public void replace(FleetRecording recording, Judging judging, Supplier<NewRun> run) {
      RecordingStore.save(recording, judging, file);
    }

    private boolean isEmptyFolder() {
      String[] entries = file.toFile().list();
      return entries != null && entries.length == 0;
    }
  }

  /// The inventory's last audit that was kept.
  record OfHistory(HistoryLocation location, Inventory inventory) implements Baseline {
    @Override
    public String label() {
      return Printable.of(
          "audit of %s in the history %s".formatted(inventory.label(), location.label()));
    }

    @Override
    public Optional<Last> last() {
      if (!location.isThere()) {
        return Optional.empty();
      }
      try (History history = History.open(location)) {
        return history.lastEvidence(inventory).map(Last::of);
      }
    }

    @Override
    public void replace(FleetRecording recording, Judging judging, Supplier<NewRun> run) {
      try (History history = History.open(location)) {
        history.keep(run.get());
      }
    }
  }
}

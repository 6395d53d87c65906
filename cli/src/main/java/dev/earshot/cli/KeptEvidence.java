package dev.earshot.cli;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.recording.Judging;
import dev.earshot.recording.RecordingException;
import dev.earshot.recording.RecordingStore;
import dev.earshot.recording.SavedAudit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Evidence that is kept: reads it and tells what there is to know of how, and keeps more.
final class KeptEvidence {

  private KeptEvidence() {}

  /// What keeps evidence from being saved there; a folder of its own takes it, too.
  static Optional<String> obstacle(Path save) {
    return Files.isDirectory(save) ? RecordingStore.obstacle(save) : WholeFile.obstacle(save);
  }

  /// Saves evidence. What went wrong is for the caller to throw after the report: what can't be
  /// kept can still be read.
  static Optional<RecordingException> keep(FleetRecording recording, Judging judging, Path save) {
    try {
      RecordingStore.save(recording, judging, save);
      return Optional.empty();
    } catch (RecordingException unsaved) {
      return Optional.of(unsaved);
    }
  }

  static SavedAudit open(Path file, Terminal terminal) {
    SavedAudit audit = RecordingStore.open(file);
    audit.remark().ifPresent(remark -> terminal.progress("%s: %s".formatted(file, remark)));
    return audit;
  }
}

package dev.earshot.cli;

import dev.earshot.recording.RecordingStore;
import dev.earshot.recording.SavedAudit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads evidence that was kept, and tells what there is to know of how.
final class KeptEvidence {

  private KeptEvidence() {}

  /// What keeps evidence from being saved there; a folder of its own takes it, too.
  static Optional<String> obstacle(Path save) {
    return Files.isDirectory(save) ? RecordingStore.obstacle(save) : WholeFile.obstacle(save);
  }

  static SavedAudit open(Path file, Terminal terminal) {
    SavedAudit audit = RecordingStore.open(file);
    audit.remark().ifPresent(remark -> terminal.progress("%s: %s".formatted(file, remark)));
    return audit;
  }
}

package dev.earshot.cli;

import dev.earshot.recording.RecordingStore;
import dev.earshot.recording.SavedAudit;
import java.nio.file.Path;

/// Reads evidence that was kept, and tells what there is to know of how.
final class KeptEvidence {

  private KeptEvidence() {}

  static SavedAudit open(Path file, Terminal terminal) {
    SavedAudit audit = RecordingStore.open(file);
    audit.remark().ifPresent(remark -> terminal.progress("%s: %s".formatted(file, remark)));
    return audit;
  }
}

package dev.earshot.recording;

import dev.earshot.evidence.FleetRecording;
import java.util.Optional;

/// A recording as it is kept, with how it was judged.
///
/// @param format number of the file's format
/// @param remark what its reader should know of how it was kept, a sentence
public record SavedAudit(
    FleetRecording recording, Judging judging, int format, Optional<String> remark) {

  SavedAudit remarked(String sentence) {
    return new SavedAudit(recording, judging, format, Optional.of(sentence));
  }
}

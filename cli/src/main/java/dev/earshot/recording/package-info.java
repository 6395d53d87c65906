/// Recordings on disk: what `--save` writes and `earshot report` reads, packed into one file or as
/// a folder that people can look into.
///
/// Start at [RecordingStore]. No judging here, and no asking.
@NullMarked
package dev.earshot.recording;

import org.jspecify.annotations.NullMarked;

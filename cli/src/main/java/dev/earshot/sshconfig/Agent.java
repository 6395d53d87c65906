package dev.earshot.sshconfig;

import java.nio.file.Path;
import java.util.Optional;

/// Who keeps keys.
///
/// @param socket absent if nobody shall be asked
public record Agent(Optional<Path> socket) {
  static final Agent NONE = new Agent(Optional.empty());
}

package dev.earshot.sshconfig;

import java.util.List;
import java.util.Optional;

/// A file of a configuration, or that there is none.
///
/// @param missing there is no such file
/// @param unreadable why it can't be read
/// @param unsafe that others could have written into it, where that counts
record ConfigFile(
    List<Line> lines, boolean missing, Optional<Problem> unreadable, Optional<Problem> unsafe) {

  static final ConfigFile MISSING =
      new ConfigFile(List.of(), true, Optional.empty(), Optional.empty());

  static ConfigFile unreadable(Problem problem) {
    return new ConfigFile(List.of(), false, Optional.of(problem), Optional.empty());
  }
}

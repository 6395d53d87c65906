package dev.earshot.recording;

import java.io.IOException;

/// Where the parts of a recording are written to.
interface Entries {

  /// Writes one.
  ///
  /// @param name within the recording, with `/` between folder and file
  void put(String name, String text) throws IOException;
}

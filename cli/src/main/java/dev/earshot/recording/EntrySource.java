package dev.earshot.recording;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Where the parts of a recording are read from, by several threads.
interface EntrySource {

  /// Whether there is such an entry.
  ///
  /// @param name within the recording, with `/` between folder and file
  boolean has(String name);

  /// Names of the entries directly in a folder, without it.
  List<String> within(String folder) throws IOException;

  /// An entry's bytes.
  ///
  /// @throws java.nio.file.NoSuchFileException if there is none
  /// @throws java.util.zip.ZipException if it was packed and can't be unpacked
  /// @throws RecordingException if it has more bytes than so many, or than it says itself
  byte[] read(String name, int most) throws IOException;

  /// What is in a stream, which says how much that is.
  static byte[] bounded(String name, InputStream in, long size, int most) throws IOException {
    int end = (int) Math.min(size, most);
    byte[] bytes = in.readNBytes(end + 1);
    if (bytes.length > end) {
      throw new RecordingException(
          "%s is larger than any answer can be or than it says itself".formatted(name));
    }
    return bytes;
  }
}

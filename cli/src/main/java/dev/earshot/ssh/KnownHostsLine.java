package dev.earshot.ssh;

import java.nio.file.Path;
import java.util.Optional;

/// One entry of a known_hosts file.
///
/// @param marker what the entry says about its key
/// @param hosts which hosts it is about
record KnownHostsLine(Path file, int number, Marker marker, HostPattern hosts, HostKey key) {
  enum Marker {
    KEY,
    AUTHORITY,
    REVOKED
  }

  /// Reads one line.
  ///
  /// @return nothing for a blank line or a comment
  /// @throws IllegalArgumentException if the line is malformed; the message says how
  static Optional<KnownHostsLine> parse(Path file, int number, String line) {
    String rest = line.strip();
    if (rest.isEmpty() || rest.startsWith("#")) {
      return Optional.empty();
    }
    Marker marker = Marker.KEY;
    if (rest.startsWith("@")) {
      String[] marked = rest.split("\\s+", 2);
      marker =
          switch (marked[0]) {
            case "@cert-authority" -> Marker.AUTHORITY;
            case "@revoked" -> Marker.REVOKED;
            default ->
                throw new IllegalArgumentException("unknown marker " + Text.oneLine(marked[0]));
          };
      rest = marked.length > 1 ? marked[1] : "";
    }
    String[] fields = rest.split("\\s+", 4);
    if (fields.length < 3) {
      throw new IllegalArgumentException("hosts, key type and key expected");
    }
    return Optional.of(
        new KnownHostsLine(
            file,
            number,
            marker,
            HostPattern.parse(fields[0]),
            HostKey.parse(fields[1], fields[2])));
  }

  String location() {
    return HomePath.shown(file) + ":" + number;
  }
}

package dev.earshot.report.sarif;

import dev.earshot.report.sarif.SarifLog.ArtifactLocation;
import dev.earshot.report.sarif.SarifLog.Base;
import dev.earshot.report.sarif.SarifLog.Message;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An input file as SARIF refers to it. GitHub resolves references from the repository's root,
/// where CI runs Earshot, and takes none with `..` in it. Reports hold paths from the folder of the
/// run on, and evidence may hold others: what lies above that folder is relative to a base of its
/// own, which has no address, since a report is the same wherever it is made again.
///
/// @param above how many folders above that of the run the path begins
/// @param path without `.` and `..`; absolute if it begins with a slash
record SarifPath(int above, String path) {

  static SarifPath of(String file) {
    int above = 0;
    List<String> kept = new ArrayList<>();
    for (String part : file.split("/+", -1)) {
      if (part.equals("..") && !kept.isEmpty()) {
        kept.removeLast();
      } else if (part.equals("..")) {
        above++;
      } else if (!part.isEmpty() && !part.equals(".")) {
        kept.add(part);
      }
    }
    String path = String.join("/", kept);
    return file.startsWith("/") ? new SarifPath(0, "/" + path) : new SarifPath(above, path);
  }

  /// The name of what it is relative to, where that is not the folder of the run.
  Optional<String> base() {
    return above == 0 ? Optional.empty() : Optional.of("ABOVE" + above);
  }

  Base described() {
    return new Base(
        new Message(
            above == 1
                ? "The folder above the one in which Earshot ran."
                : "%d folders above the one in which Earshot ran.".formatted(above)));
  }

  ArtifactLocation location() {
    return new ArtifactLocation(uri(), base());
  }

  /// A colon in a relative path's first part is no scheme, and an absolute path is this machine's.
  String uri() {
    try {
      if (path.startsWith("/")) {
        return new URI("file", "", path, null).toASCIIString();
      }
      String plain = path.indexOf(':') < 0 ? path : "./" + path;
      return new URI(null, null, plain, null).toASCIIString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("every path can be quoted", impossible);
    }
  }
}

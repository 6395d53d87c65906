package dev.earshot.sshconfig;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Absolute paths with `*`, `?` and `[a-z]`, as the C library's `glob` finds them.
final class PathGlob {

  private static final int MAX_PATHS = 10_000;

  private PathGlob() {}

  /// What is there, sorted; nothing if nothing is.
  static List<Path> expand(String pattern) throws BadValue {
    List<Path> paths = List.of(Path.of("/"));
    for (var segment : pattern.split("/+", -1)) {
      if (segment.isEmpty()) {
        continue;
      }
      var next = new ArrayList<Path>();
      for (var each : paths) {
        next.addAll(step(each, segment));
      }
      if (next.size() > MAX_PATHS) {
        throw new BadValue("finds more than %d files".formatted(MAX_PATHS), "name fewer");
      }
      paths = next;
    }
    return List.copyOf(paths);
  }

  private static List<Path> step(Path folder, String segment) {
    if (!segment.matches(".*[*?\\[\\\\].*")) {
      var path = folder.resolve(segment);
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? List.of(path) : List.of();
    }
    var regex = regex(segment);
    var found = new ArrayList<Path>();
    try (var children = Files.newDirectoryStream(folder)) {
      for (var each : children) {
        var name = each.getFileName().toString();
        boolean hidden = name.startsWith(".") && !segment.startsWith(".");
        if (!hidden && regex.matcher(name).matches()) {
          found.add(each);
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      return List.of();
    }
    found.sort(null);
    return found;
  }

  private static Pattern regex(String segment) {
    var regex = new StringBuilder();
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      int close = c == '[' ? segment.indexOf(']', i + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        regex.append(set(segment.substring(i + 1, close)));
        i = close;
      } else if (c == '\\' && i + 1 < segment.length()) {
        regex.append(Pattern.quote(segment.substring(++i, i + 1)));
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException _) {
      return Pattern.compile(Pattern.quote(segment)); // such as [z-a]
    }
  }

  private static String set(String inner) {
    boolean negated = inner.startsWith("!") || inner.startsWith("^");
    var members = inner.substring(negated ? 1 : 0).replaceAll("([\\[\\]\\\\&^])", "\\\\$1");
    return "[" + (negated ? "^" : "") + members + "]";
  }
}

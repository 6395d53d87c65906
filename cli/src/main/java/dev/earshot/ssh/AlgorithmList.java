package dev.earshot.ssh;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/// A list of algorithms as `ssh_config` writes it: names and wildcards between commas, which
/// replace the usual ones, or after `+` come last, after `^` come first, after `-` are left out.
final class AlgorithmList {
  private AlgorithmList() {}

  /// The algorithms that are meant, of those that there are.
  ///
  /// @param usual those that are used when nothing is said, in their order
  /// @param all those that there are
  static List<String> resolve(String wish, List<String> usual, List<String> all) {
    String names = wish.strip();
    char change = names.isEmpty() ? ' ' : names.charAt(0);
    return switch (change) {
      case '+' -> joined(usual, matching(names.substring(1), all));
      case '^' -> joined(matching(names.substring(1), all), usual);
      case '-' -> {
        List<String> out = matching(names.substring(1), usual);
        yield usual.stream().filter(name -> !out.contains(name)).toList();
      }
      default -> matching(names, all);
    };
  }

  private static List<String> matching(String patterns, List<String> names) {
    var found = new ArrayList<String>();
    for (String pattern : patterns.split(",", -1)) {
      String glob = pattern.strip().toLowerCase(Locale.ROOT);
      names.stream().filter(name -> Glob.matches(glob, name)).forEach(found::add);
    }
    return List.copyOf(new LinkedHashSet<>(found));
  }

  private static List<String> joined(List<String> first, List<String> then) {
    var all = new LinkedHashSet<>(first);
    all.addAll(then);
    return List.copyOf(all);
  }
}

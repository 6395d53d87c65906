package dev.earshot.sshconfig;

import dev.earshot.sshconfig.Criterion.Criteria;
import java.util.List;
import java.util.Optional;

/// A line of a configuration that says something.
sealed interface Line {

  /// A keyword and its value.
  ///
  /// @param value absent if the line is right but sets nothing
  record Assignment<T>(SshKey<T> key, Optional<T> value, Origin origin) implements Line {}

  /// A word that is no keyword.
  ///
  /// @param name in lower case
  /// @param problem that it is, unless somebody wants it ignored
  record Unknown(String name, Problem problem) implements Line {}

  record HostLine(List<String> patterns) implements Line {

    boolean matches(String host) {
      boolean found = false;
      for (var each : patterns) {
        boolean negated = each.startsWith("!");
        if (Wildcard.matches(host, negated ? each.substring(1) : each)) {
          if (negated) {
            return false;
          }
          found = true;
        }
      }
      return found;
    }
  }

  record MatchLine(Criteria criteria, Origin origin) implements Line {}

  /// Other files to read here.
  ///
  /// @param paths with wildcards, as written
  record IncludeLine(List<String> paths, Origin origin) implements Line {}

  record Faulty(Problem problem) implements Line {}
}

package dev.earshot.sshconfig;

import java.util.Locale;

/// Patterns with `*` and `?`, alone and in lists.
final class Wildcard {

  private Wildcard() {}

  /// Whether the whole text fits. Takes time proportional to the product of both lengths at worst.
  static boolean matches(String text, String pattern) {
    int t = 0;
    int p = 0;
    int star = -1;
    int mark = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /// Whether one of the patterns fits that are separated by commas, and none with `!` in front.
  static boolean matchesList(String text, String patterns) {
    boolean found = false;
    for (var each : patterns.split(",", -1)) {
      boolean negated = each.startsWith("!");
      if (matches(text, negated ? each.substring(1) : each)) {
        if (negated) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }

  /// The same for names, in which case doesn't count.
  static boolean matchesNames(String text, String patterns) {
    return matchesList(text.toLowerCase(Locale.ROOT), patterns.toLowerCase(Locale.ROOT));
  }
}

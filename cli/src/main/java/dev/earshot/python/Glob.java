package dev.earshot.python;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/// Shell wildcards as Python's `fnmatch` reads them: `*`, `?`, `[a-c]`, `[!a-c]`, no braces, case
/// counts, and the whole name must match.
public final class Glob {

  private Glob() {}

  public static Predicate<String> compile(String glob) {
    var parts = new ArrayList<String>();
    var regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> {
          parts.add(regex.toString());
          regex.setLength(0);
        }
        case '?' -> regex.append('.');
        case '[' -> {
          int close = closing(glob, i);
          regex.append(close < 0 ? "\\[" : characters(glob.substring(i + 1, close)));
          i = close < 0 ? i : close;
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      parts.add(regex.toString());
      return Pattern.compile(joined(parts), Pattern.DOTALL).asMatchPredicate();
    } catch (PatternSyntaxException _) {
      return _ -> false; // a range that runs backwards matches nothing
    }
  }

  /// What stands between two asterisks is found where it first occurs, and never looked for again
  /// further on: that could not help, and with many asterisks it would take for ever.
  private static String joined(List<String> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    return parts.getFirst()
        + parts.subList(1, parts.size() - 1).stream()
            .map("(?>.*?%s)"::formatted)
            .collect(Collectors.joining())
        + ".*"
        + parts.getLast();
  }

  /// The index of the bracket that closes a set; one right at its beginning belongs to it.
  private static int closing(String glob, int open) {
    int from = open + 1;
    if (glob.startsWith("!", from)) {
      from++;
    }
    return glob.indexOf(']', from + 1);
  }

  private static String characters(String set) {
    boolean negated = set.startsWith("!");
    var content = negated ? set.substring(1) : set;
    return (negated ? "[^" : "[") + content.replaceAll("[\\\\\\[\\]^&]", "\\\\$0") + "]";
  }
}

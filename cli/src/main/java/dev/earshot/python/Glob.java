package dev.earshot.python;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Shell wildcards as Python's `fnmatch` reads them: `*`, `?`, `[a-c]`, `[!a-c]`, no braces, case
/// counts, and the whole name must match.
public final class Glob {

  private Glob() {}

  public static Predicate<String> compile(String glob) {
    var regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
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
      return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
    } catch (PatternSyntaxException _) {
      return _ -> false; // a range that runs backwards matches nothing
    }
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

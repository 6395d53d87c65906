package dev.earshot.report.markdown;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Code in a fence that nothing inside can close.
final class Fence {

  private static final Pattern TICKS = Pattern.compile("`+");
  private static final int SHORTEST = 3;

  private Fence() {}

  static Markdown of(String language, String code) {
    int longest =
        TICKS
            .matcher(code)
            .results()
            .map(MatchResult::group)
            .mapToInt(String::length)
            .max()
            .orElse(0);
    String fence = "`".repeat(Math.max(SHORTEST, longest + 1));
    return Markdown.of(fence + language + "\n" + code.stripTrailing() + "\n" + fence);
  }
}

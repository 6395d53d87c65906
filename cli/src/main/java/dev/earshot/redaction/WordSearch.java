package dev.earshot.redaction;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds which of many words stand in a text, in whatever case, in one pass: fleets print megabytes
/// that have none of them.
final class WordSearch {

  /// As many as ASCII has.
  private static final int CHARACTERS = 128;

  private final Map<Integer, List<String>> byBeginning;
  private final boolean[] begins = new boolean[CHARACTERS * CHARACTERS];

  /// @param words two ASCII characters or more each, in small letters
  WordSearch(Stream<String> words) {
    byBeginning =
        words
            .distinct()
            .collect(Collectors.groupingBy(word -> pair(word.charAt(0), word.charAt(1))));
    byBeginning.keySet().forEach(pair -> begins[pair] = true);
  }

  /// The words that stand anywhere in a text, within longer ones, too.
  Set<String> in(String text) {
    Set<String> found = new HashSet<>();
    char before = 0;
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      int pair = pair(before, character);
      before = character;
      if (begins[pair]) {
        for (String word : byBeginning.getOrDefault(pair, List.of())) {
          if (text.regionMatches(true, at - 1, word, 0, word.length())) {
            found.add(word);
          }
        }
      }
    }
    return found;
  }

  private static int pair(char first, char second) {
    return small(first) * CHARACTERS + small(second);
  }

  /// The small letter; none of ASCII: 0.
  private static int small(char character) {
    if (character >= CHARACTERS) {
      return 0;
    }
    return character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character;
  }
}

package dev.earshot.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds the names that a mistyped one may have been meant to be.
public final class NearNames {

  private static final int MOST = 3;
  private static final int LONGEST = 100;

  private record Candidate(String name, int distance) {}

  private NearNames() {}

  /// The nearest names as the end of a sentence; empty if none is near.
  public static String didYouMean(String name, Collection<String> known) {
    var near = near(name, known);
    return near.isEmpty() ? "" : " (did you mean %s?)".formatted(String.join(" or ", near));
  }

  /// The other names that are nearest, at most three.
  public static List<String> near(String name, Collection<String> known) {
    return near(name, known, Math.clamp(name.length() / 2, 1, 3));
  }

  /// The other names that are nearest, at most three.
  ///
  /// @param limit letters that may be wrong
  public static List<String> near(String name, Collection<String> known, int limit) {
    if (name.length() > LONGEST) {
      return List.of();
    }
    var near =
        known.stream()
            .filter(each -> !each.equals(name))
            .filter(each -> Math.abs(each.length() - name.length()) <= limit)
            .map(each -> new Candidate(each, distance(lower(name), lower(each))))
            .filter(candidate -> candidate.distance() <= limit)
            .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
            .toList();
    return near.stream()
        .filter(candidate -> candidate.distance() == near.getFirst().distance())
        .limit(MOST)
        .map(Candidate::name)
        .toList();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// Levenshtein's distance.
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

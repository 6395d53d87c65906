package dev.earshot.inventory;

import java.util.ArrayList;
import java.util.List;

/// Collects what goes wrong while reading, so that everything can be reported at once.
final class Problems {

  /// A file with more errors than this is not the kind of file it was taken for.
  private static final int LIMIT = 1_000;

  private final List<Problem> found = new ArrayList<>();

  void add(Problem problem) {
    if (found.size() < LIMIT && !found.contains(problem)) {
      found.add(problem);
    }
  }

  void error(Location where, String message, String advice) {
    add(Problem.error(where, message, advice));
  }

  void warning(Location where, String message, String advice) {
    add(Problem.warning(where, message, advice));
  }

  /// How many errors there are so far.
  int errors() {
    return (int) found.stream().filter(Problem::isError).count();
  }

  /// How many problems there are so far: what [#takeFrom] wants.
  int size() {
    return found.size();
  }

  /// Takes back everything that was added since there were only so many.
  List<Problem> takeFrom(int size) {
    var later = found.subList(size, found.size());
    var taken = List.copyOf(later);
    later.clear();
    return taken;
  }

  void addAll(List<Problem> problems) {
    problems.forEach(this::add);
  }

  List<Problem> all() {
    return List.copyOf(found);
  }
}

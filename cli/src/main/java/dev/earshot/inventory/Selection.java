package dev.earshot.inventory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The hosts that a pattern chooses, each once, in the pattern's order, and what is wrong with the
/// pattern.
public record Selection(List<Host> hosts, List<Problem> problems) {

  public Selection {
    hosts = List.copyOf(hosts);
    problems = List.copyOf(problems);
  }

  /// Only those hosts that a second selection holds too, in this one's order: what `--limit` does.
  public Selection limitedTo(Selection limit) {
    var allowed = new HashSet<>(limit.hosts());
    var all = new ArrayList<>(problems);
    all.addAll(limit.problems());
    return new Selection(hosts.stream().filter(allowed::contains).toList(), all);
  }

  /// This selection with an error if it holds no host, with the advice of the warning that explains
  /// it, if one does.
  Selection orNothing(String pattern) {
    if (!hosts.isEmpty() || problems.stream().anyMatch(Problem::isError)) {
      return this;
    }
    var told = new ArrayList<>(problems);
    var advice = told.isEmpty() ? "check the pattern" : told.getLast().advice();
    if (told.size() == 1) {
      told.clear();
    }
    told.add(
        new Problem(
            Severity.ERROR,
            Optional.empty(),
            "the pattern %s matches no host".formatted(pattern),
            advice));
    return new Selection(hosts, told);
  }
}

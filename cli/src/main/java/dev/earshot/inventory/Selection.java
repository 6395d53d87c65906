package dev.earshot.inventory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// The hosts that a pattern chooses, each once, in the pattern's order, and what is wrong with the
/// pattern. A pattern that chooses no host at all is an error.
public record Selection(List<Host> hosts, List<Problem> problems) {

  public Selection {
    hosts = List.copyOf(hosts);
    problems = List.copyOf(problems);
  }

  /// Only those hosts that a second selection holds too, in this one's order: what `--limit` does.
  public Selection limitedTo(Selection limit) {
    var allowed = new HashSet<String>();
    limit.hosts().forEach(host -> allowed.add(host.name()));
    var all = new ArrayList<>(problems);
    all.addAll(limit.problems());
    return new Selection(
        hosts.stream().filter(host -> allowed.contains(host.name())).toList(), all);
  }
}

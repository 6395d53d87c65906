package dev.earshot.ssh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Finds the lines about a host. Plain names are looked up; wildcards and hashed names, which cost
/// microseconds each, are gone through once for each name.
final class KnownHostsIndex {
  private final List<KnownHostsLine> lines;
  private final Map<String, List<Integer>> named = new HashMap<>();
  private final List<Integer> others = new ArrayList<>();
  private final ConcurrentMap<String, List<KnownHostsLine>> found = new ConcurrentHashMap<>();

  KnownHostsIndex(List<KnownHostsLine> lines) {
    this.lines = List.copyOf(lines);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).hosts() instanceof HostPattern.Listed listed && listed.names().isPresent()) {
        for (String name : listed.names().get()) {
          named.computeIfAbsent(name, _ -> new ArrayList<>()).add(i);
        }
      } else {
        others.add(i);
      }
    }
  }

  /// In the order of the files.
  List<KnownHostsLine> linesFor(String name) {
    return found.computeIfAbsent(name.toLowerCase(Locale.ROOT), this::search);
  }

  /// Adds a line about a name, which stands after all others.
  void add(String name, KnownHostsLine line) {
    found.compute(
        name.toLowerCase(Locale.ROOT),
        (key, known) -> {
          var all = new ArrayList<>(known == null ? search(key) : known);
          all.add(line);
          return List.copyOf(all);
        });
  }

  private List<KnownHostsLine> search(String name) {
    var host = new SoughtHost(name);
    var matching = new TreeMap<Integer, KnownHostsLine>();
    for (int i : named.getOrDefault(name, List.of())) {
      matching.put(i, lines.get(i));
    }
    for (int i : others) {
      if (lines.get(i).hosts().matches(host)) {
        matching.put(i, lines.get(i));
      }
    }
    return List.copyOf(matching.values());
  }
}

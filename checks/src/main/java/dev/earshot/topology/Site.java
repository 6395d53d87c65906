package dev.earshot.topology;

import dev.earshot.evidence.HostName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Hosts so near each other that they must share a datacenter: a single-linkage cluster of the
/// round trips.
///
/// @param name `site-1` is the largest
/// @param hosts sorted
public record Site(String name, List<HostName> hosts) {

  public Site {
    hosts = List.copyOf(hosts);
  }

  /// The sites of all hosts to or from which a round trip was measured; about others nothing can be
  /// said.
  static List<Site> of(RttMatrix matrix) {
    Map<HostName, TreeSet<HostName>> clusters = new HashMap<>();
    for (Link link : matrix.links()) {
      if (link.min().isPresent()) {
        TreeSet<HostName> from = of(clusters, link.from());
        TreeSet<HostName> to = of(clusters, link.to());
        if (!from.contains(link.to()) && link.min().get().compareTo(Distance.SAME_SITE) <= 0) {
          if (from.size() < to.size()) {
            join(clusters, from, to);
          } else {
            join(clusters, to, from);
          }
        }
      }
    }
    List<TreeSet<HostName>> sorted =
        clusters.entrySet().stream()
            .filter(entry -> entry.getValue().first().equals(entry.getKey()))
            .map(Map.Entry::getValue)
            .sorted(
                Comparator.comparingInt((TreeSet<HostName> cluster) -> -cluster.size())
                    .thenComparing(TreeSet::first))
            .toList();
    return IntStream.range(0, sorted.size())
        .mapToObj(at -> new Site("site-" + (at + 1), List.copyOf(sorted.get(at))))
        .toList();
  }

  private static void join(
      Map<HostName, TreeSet<HostName>> clusters,
      TreeSet<HostName> smaller,
      TreeSet<HostName> larger) {
    larger.addAll(smaller);
    smaller.forEach(host -> clusters.put(host, larger));
  }

  /// The cluster that a host is in; at first each is alone.
  private static TreeSet<HostName> of(Map<HostName, TreeSet<HostName>> clusters, HostName host) {
    return clusters.computeIfAbsent(host, alone -> new TreeSet<>(List.of(alone)));
  }
}

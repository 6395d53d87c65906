package dev.earshot.topology;

import dev.earshot.evidence.HostName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    List<TreeSet<HostName>> clusters = new ArrayList<>();
    for (Link link : matrix.links()) {
      if (link.min().isPresent()) {
        TreeSet<HostName> from = take(clusters, link.from());
        if (link.min().get().compareTo(Distance.SAME_SITE) <= 0) {
          from.addAll(take(clusters, link.to()));
        } else if (!from.contains(link.to())) {
          clusters.add(take(clusters, link.to()));
        }
        clusters.add(from);
      }
    }
    List<TreeSet<HostName>> sorted =
        clusters.stream()
            .sorted(
                Comparator.comparingInt((TreeSet<HostName> cluster) -> -cluster.size())
                    .thenComparing(TreeSet::first))
            .toList();
    return IntStream.range(0, sorted.size())
        .mapToObj(at -> new Site("site-" + (at + 1), List.copyOf(sorted.get(at))))
        .toList();
  }

  /// Takes the cluster that holds a host out of the list; a host that is in none stands alone.
  private static TreeSet<HostName> take(List<TreeSet<HostName>> clusters, HostName host) {
    Optional<TreeSet<HostName>> known =
        clusters.stream().filter(cluster -> cluster.contains(host)).findFirst();
    known.ifPresent(clusters::remove);
    return known.orElseGet(() -> new TreeSet<>(List.of(host)));
  }
}

package dev.earshot.collect;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.topology.PingCoverage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Whom each host pings.
///
/// All others, while they are few. Above that the pairs grow beyond measure, and most would say the
/// same: then two hosts of each group stand for it, so that every host is measured to every role
/// and place that the inventory tells of; and each pings those that follow it in the inventory, so
/// that hosts of one site are tied to each other whatever their groups are. Those that talk to each
/// other have the kernel's own figures.
///
/// Loopback addresses mean another host to everyone, and one that begins with a dash would be an
/// option: these are left out.
final class PeerList {

  private static final int MOST_FOR_GROUPS = 64;

  private static final Predicate<String> ADDRESS =
      Pattern.compile("[A-Za-z0-9:][A-Za-z0-9.:_-]*").asMatchPredicate();

  private static final Predicate<String> LOOPBACK =
      Pattern.compile("127\\..*|::1|localhost").asMatchPredicate();

  private final List<InventoryHost> hosts;
  private final Map<HostName, Integer> places = new HashMap<>();
  private final Set<Integer> ofGroups = new LinkedHashSet<>();

  PeerList(List<InventoryHost> hosts) {
    this.hosts = hosts.stream().filter(PeerList::canBePinged).toList();
    Map<String, Integer> taken = new HashMap<>();
    for (int at = 0; at < this.hosts.size(); at++) {
      InventoryHost host = this.hosts.get(at);
      places.put(host.name(), at);
      for (String group : host.groups()) {
        if (taken.merge(group, 1, Integer::sum) <= PingCoverage.OF_EACH_GROUP
            && ofGroups.size() < MOST_FOR_GROUPS) {
          ofGroups.add(at);
        }
      }
    }
  }

  private static boolean canBePinged(InventoryHost host) {
    return ADDRESS.test(host.address())
        && !LOOPBACK.test(host.address())
        && host.name().value().lines().count() == 1;
  }

  /// Those whom one host pings, a line each: address, blank, name.
  String of(HostName host) {
    return lines(peers(host).stream().filter(peer -> !peer.name().equals(host)).toList());
  }

  /// All of these.
  static String lines(List<InventoryHost> peers) {
    return peers.stream()
        .filter(PeerList::canBePinged)
        .map(peer -> peer.address() + " " + peer.name())
        .collect(Collectors.joining("\n"));
  }

  private List<InventoryHost> peers(HostName host) {
    if (hosts.size() <= PingCoverage.ALL_PAIRS) {
      return hosts;
    }
    Set<Integer> chosen = new LinkedHashSet<>(ofGroups);
    int place = places.getOrDefault(host, 0);
    for (int step = 1; step <= PingCoverage.NEIGHBOURS; step++) {
      chosen.add((place + step) % hosts.size());
    }
    List<InventoryHost> peers = new ArrayList<>();
    chosen.stream().sorted().map(hosts::get).forEach(peers::add);
    return peers;
  }
}

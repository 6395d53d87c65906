package dev.earshot.topology;

import dev.earshot.evidence.HostName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What checks ask for of every host, by host.
///
/// @param byClient the flows of its own connections
/// @param byServer the flows of others' connections to it
/// @param sites where it is
record TopologyIndex(
    Map<HostName, List<Flow>> byClient,
    Map<HostName, List<Flow>> byServer,
    Map<HostName, Site> sites) {

  static TopologyIndex of(List<Flow> flows, List<Site> sites) {
    Map<HostName, Site> byHost = new HashMap<>();
    sites.forEach(site -> site.hosts().forEach(host -> byHost.put(host, site)));
    return new TopologyIndex(
        flows.stream().collect(Collectors.groupingBy(Flow::from)),
        flows.stream().collect(Collectors.groupingBy(Flow::to)),
        byHost);
  }
}

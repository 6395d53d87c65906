package dev.earshot.topology;

import dev.earshot.evidence.HostName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What checks ask for of every host, by host.
///
/// @param byClient the flows of its own connections
/// @param byServer the flows of others' connections to it
/// @param sites where it is
/// @param rttWithin what a round trip between different hosts of a site takes, by its name
record TopologyIndex(
    Map<HostName, List<Flow>> byClient,
    Map<HostName, List<Flow>> byServer,
    Map<HostName, Site> sites,
    Map<String, Duration> rttWithin) {

  static TopologyIndex of(List<Flow> flows, List<Site> sites, RttMatrix rtts) {
    Map<HostName, Site> byHost = new HashMap<>();
    sites.forEach(site -> site.hosts().forEach(host -> byHost.put(host, site)));
    return new TopologyIndex(
        flows.stream().collect(Collectors.groupingBy(Flow::from)),
        flows.stream().collect(Collectors.groupingBy(Flow::to)),
        byHost,
        rttWithin(byHost, rtts));
  }

  private static Map<String, Duration> rttWithin(Map<HostName, Site> sites, RttMatrix rtts) {
    Map<String, List<Duration>> measured = new HashMap<>();
    for (Link link : rtts.links()) {
      Site site = sites.get(link.from());
      if (site != null
          && site.equals(sites.get(link.to()))
          && !link.from().equals(link.to())
          && link.method() == Link.Method.ICMP
          && !link.isFiltered()) {
        link.median().ifPresent(measured.computeIfAbsent(site.name(), _ -> new ArrayList<>())::add);
      }
    }
    Map<String, Duration> medians = new HashMap<>();
    measured.forEach(
        (site, all) -> Quantiles.median(all).ifPresent(median -> medians.put(site, median)));
    return medians;
  }
}

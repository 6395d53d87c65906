package dev.earshot.topology;

import dev.earshot.evidence.Endpoint;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds the ways that requests take through a fleet.
final class Paths {

  private final AddressBook book;
  private final TopologyIndex flows;
  private final Poolers poolers;

  Paths(AddressBook book, TopologyIndex flows, Poolers poolers) {
    this.book = book;
    this.flows = flows;
    this.poolers = poolers;
  }

  /// @param balancers load balancers, in the fleet's order
  /// @param databaseFlows those of backends, and of the poolers between, to their databases
  List<RequestPath> find(List<HostEvidence> balancers, List<Flow> databaseFlows) {
    Map<List<HostName>, Flow> busiest = new LinkedHashMap<>();
    databaseFlows.forEach(
        flow -> busiest.merge(List.of(flow.from(), flow.to()), flow, Flow::busier));
    Map<HostName, Set<HostName>> before = before(balancers);
    List<RequestPath> paths = new ArrayList<>();
    for (Flow database : busiest.values()) {
      Set<HostName> first = before.getOrDefault(database.from(), Set.of());
      if (poolers.isWithin(database) || (first.isEmpty() && poolers.isOnward(database))) {
        continue;
      }
      Optional<Flow> onward = poolers.onward(database);
      if (first.isEmpty()) {
        paths.add(new RequestPath(Optional.empty(), database, onward));
      }
      first.forEach(
          balancer -> paths.add(new RequestPath(Optional.of(balancer), database, onward)));
    }
    return List.copyOf(paths);
  }

  /// The load balancers before each host that gets requests from some.
  private Map<HostName, Set<HostName>> before(List<HostEvidence> balancers) {
    Map<HostName, Set<HostName>> before = new HashMap<>();
    for (HostEvidence balancer : balancers) {
      HostName name = balancer.name();
      Stream.concat(
              balancer.haProxy().latest().collected().stream()
                  .flatMap(proxy -> proxy.servers().stream())
                  .flatMap(server -> standsFor(book, server, name).stream()),
              flows.byClient().getOrDefault(name, List.of()).stream()
                  .filter(Flow::isWeb)
                  .map(Flow::to))
          .forEach(
              backend -> before.computeIfAbsent(backend, _ -> new LinkedHashSet<>()).add(name));
    }
    return before;
  }

  /// The host that a row of a load balancer's table stands for: by address, else by name.
  static Optional<HostName> standsFor(AddressBook book, HaProxy.Server server, HostName balancer) {
    return server
        .endpoint()
        .map(Endpoint::address)
        .flatMap(address -> book.owner(address, balancer))
        .or(() -> Optional.of(server.name()).filter(name -> !name.isEmpty()).map(HostName::new));
  }
}

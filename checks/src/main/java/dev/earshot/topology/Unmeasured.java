package dev.earshot.topology;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.Endpoint;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Listener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds services whose distance from one who uses them nobody has measured: no echo request was
/// answered either way, and no kernel tells of a connection.
///
/// Services that are seen in use come first; then the databases of backends that hold no connection
/// at the moment. Others are nobody's to connect to.
public final class Unmeasured {

  private record Pair(HostName from, HostName to) {}

  private Unmeasured() {}

  public static List<Destination> of(Topology topology) {
    return of(topology, Map.of());
  }

  /// The same within a part of an audit, which sees of other parts' hosts only what the inventory
  /// says of them.
  ///
  /// @param elsewhere the hosts of other parts, each with the port where its database would be
  public static List<Destination> of(Topology topology, Map<HostName, Integer> elsewhere) {
    List<Destination> all = new ArrayList<>();
    topology.flows().stream()
        .filter(flow -> !topology.monitoring().contains(flow))
        .filter(flow -> isOpen(topology, flow.from(), flow.to()))
        .flatMap(flow -> Destination.of(topology, flow, flow.from()).stream())
        .forEach(all::add);
    Set<Pair> used =
        all.stream().map(each -> new Pair(each.from(), each.to())).collect(Collectors.toSet());
    idle(topology, elsewhere)
        .filter(each -> !used.contains(new Pair(each.from(), each.to())))
        .forEach(all::add);
    return List.copyOf(all);
  }

  /// A backend that asks another database is not taken for one that is idle.
  private static Stream<Destination> idle(Topology topology, Map<HostName, Integer> elsewhere) {
    Map<HostName, Set<HostName>> asked =
        topology.databaseFlows().stream()
            .collect(
                Collectors.groupingBy(
                    Flow::from, Collectors.mapping(Flow::to, Collectors.toSet())));
    Map<HostName, HostEvidence> databases =
        with(topology, Role.DATABASE)
            .collect(
                Collectors.toMap(
                    HostEvidence::name,
                    Function.identity(),
                    (first, _) -> first,
                    LinkedHashMap::new));
    return with(topology, Role.BACKEND)
        .flatMap(backend ->
            candidates(databases, asked.getOrDefault(backend.name(), Set.of()))
                .filter(database -> isOpen(topology, backend.name(), database.name()))
                .flatMap(database -> service(backend, database, elsewhere).stream()));
  }

  /// The databases that may be a backend's.
  ///
  /// @param asked those that it is seen to ask
  private static Stream<HostEvidence> candidates(
      Map<HostName, HostEvidence> databases, Set<HostName> asked) {
    return switch (asked.size()) {
      case 0 -> databases.values().stream();
      case 1 -> asked.stream().map(databases::get).filter(Objects::nonNull);
      default -> Stream.empty();
    };
  }

  private static Stream<HostEvidence> with(Topology topology, Role role) {
    return topology.fleet().hosts().stream()
        .filter(host -> topology.roles(host.name()).contains(role));
  }

  private static Optional<Destination> service(
      HostEvidence backend, HostEvidence database, Map<HostName, Integer> elsewhere) {
    return Optional.of(Address.of(database.host().address()))
        .filter(Destination::isReachable)
        .flatMap(at ->
            port(database)
                .or(() -> Optional.ofNullable(elsewhere.get(database.name())))
                .map(port -> new Destination(backend.name(), database.name(), at, port)));
  }

  private static Optional<Integer> port(HostEvidence database) {
    return database.listeners().collected().orElse(List.of()).stream()
        .map(Listener::endpoint)
        .filter(endpoint -> !endpoint.address().isLoopback())
        .map(Endpoint::port)
        .filter(port -> Services.isDatabase(Services.name(database, port)))
        .findFirst();
  }

  private static boolean isOpen(Topology topology, HostName from, HostName to) {
    return !from.equals(to)
        && topology.fleet().host(from).filter(host -> host.unreachable().isEmpty()).isPresent()
        && topology.rtts().shortest(from, to).isEmpty();
  }
}

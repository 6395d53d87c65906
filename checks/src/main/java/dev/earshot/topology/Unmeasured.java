package dev.earshot.topology;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.Endpoint;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.IpNumber;
import dev.earshot.evidence.Listener;
import dev.earshot.evidence.Socket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A service whose distance from one who uses it nobody has measured: no echo request was answered
/// either way, and no kernel tells of a connection.
///
/// Services that are seen in use come first; then the databases of backends that hold no connection
/// at the moment. Others are nobody's to connect to.
///
/// @param to the server; one outside the audit bears its address as its name
public record Unmeasured(HostName from, HostName to, Address address, int port) {

  private static final Comparator<Address> BY_TEXT = Comparator.comparing(Address::value);

  private record Pair(HostName from, HostName to) {}

  public static List<Unmeasured> of(Topology topology) {
    return of(topology, Map.of());
  }

  /// The same within a part of an audit, which sees of other parts' hosts only what the inventory
  /// says of them.
  ///
  /// @param elsewhere the hosts of other parts, each with the port where its database would be
  public static List<Unmeasured> of(Topology topology, Map<HostName, Integer> elsewhere) {
    List<Unmeasured> all = new ArrayList<>();
    topology.flows().stream()
        .filter(flow -> !topology.monitoring().contains(flow))
        .filter(flow -> isOpen(topology, flow.from(), flow.to()))
        .flatMap(flow ->
            flow.over().stream()
                .filter(over -> isReachable(over) && isVouchedFor(topology, flow, over))
                .min(BY_TEXT)
                .map(over -> new Unmeasured(flow.from(), flow.to(), over, flow.port()))
                .stream())
        .forEach(all::add);
    Set<Pair> used =
        all.stream().map(each -> new Pair(each.from(), each.to())).collect(Collectors.toSet());
    idle(topology, elsewhere)
        .filter(each -> !used.contains(new Pair(each.from(), each.to())))
        .forEach(all::add);
    return List.copyOf(all);
  }

  /// A backend that asks another database is not taken for one that is idle.
  private static Stream<Unmeasured> idle(Topology topology, Map<HostName, Integer> elsewhere) {
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

  private static Optional<Unmeasured> service(
      HostEvidence backend, HostEvidence database, Map<HostName, Integer> elsewhere) {
    return Optional.of(Address.of(database.host().address()))
        .filter(Unmeasured::isReachable)
        .flatMap(at ->
            port(database)
                .or(() -> Optional.ofNullable(elsewhere.get(database.name())))
                .map(port -> new Unmeasured(backend.name(), database.name(), at, port)));
  }

  private static Optional<Integer> port(HostEvidence database) {
    return database.listeners().collected().orElse(List.of()).stream()
        .map(Listener::endpoint)
        .filter(endpoint -> !endpoint.address().isLoopback())
        .map(Endpoint::port)
        .filter(port -> Services.isDatabase(Services.name(database, port)))
        .findFirst();
  }

  /// Where the client itself is connected to, or where the inventory says that the server is: what
  /// a server says of itself must not send others' connections anywhere else.
  private static boolean isVouchedFor(Topology topology, Flow flow, Address address) {
    return topology
            .fleet()
            .host(flow.to())
            .filter(server -> Address.of(server.host().address()).equals(address))
            .isPresent()
        || topology.fleet().host(flow.from()).stream()
            .flatMap(client -> client.sockets().latest().collected().stream())
            .flatMap(List::stream)
            .map(Socket::peer)
            .anyMatch(peer -> peer.address().equals(address) && peer.port() == flow.port());
  }

  /// Another host's loopback or link is none of ours.
  private static boolean isReachable(Address address) {
    return IpNumber.of(address).filter(IpNumber::isOfOneHost).isPresent();
  }

  private static boolean isOpen(Topology topology, HostName from, HostName to) {
    return !from.equals(to)
        && topology.fleet().host(from).filter(host -> host.unreachable().isEmpty()).isPresent()
        && topology.rtts().shortest(from, to).isEmpty();
  }
}

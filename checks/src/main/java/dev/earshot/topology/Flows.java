package dev.earshot.topology;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.ContainerSockets;
import dev.earshot.evidence.Endpoint;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Sampled;
import dev.earshot.evidence.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the flows of a fleet in the sockets of its hosts.
///
/// The client's own sockets count; where they do not show a relation that the server's do, the
/// server's stand in: the client could not be asked, or its connections begin in a container that
/// nobody may look into.
final class Flows {

  /// Linux hands out client ports from here on (`net.ipv4.ip_local_port_range`).
  private static final int FIRST_EPHEMERAL = 32768;

  /// The kernel's smoothed round trip of a connection that is idle for longer tells of the past.
  private static final Duration STALE = Duration.ofMinutes(1);

  private final Map<HostName, HostEvidence> hosts;
  private final AddressBook book;

  Flows(FleetEvidence fleet, AddressBook book) {
    this.hosts = fleet.byName();
    this.book = book;
  }

  private record Key(HostName from, HostName to, int port) {}

  List<Flow> find() {
    Map<Key, Flow> flows = new HashMap<>();
    hosts.values().forEach(host -> flows.putAll(seenBy(host, false)));
    hosts.values().forEach(host -> seenBy(host, true).forEach(flows::putIfAbsent));
    hosts.values().forEach(host -> seenInContainers(host).forEach(flows::putIfAbsent));
    return flows.values().stream()
        .sorted(
            Comparator.comparing(Flow::from).thenComparing(Flow::to).thenComparingInt(Flow::port))
        .toList();
  }

  /// The flows that one host sees as their client, or as their server.
  private Map<Key, Flow> seenBy(HostEvidence host, boolean serving) {
    Optional<Set<Integer>> ports =
        host.listeners()
            .collected()
            .map(all ->
                all.stream()
                    .map(listener -> listener.endpoint().port())
                    .collect(Collectors.toSet()));
    Map<Key, List<Socket>> sockets = new HashMap<>();
    for (Socket socket : host.sockets().latest().collected().orElse(List.of())) {
      if (serves(ports, socket) == serving) {
        (serving ? asServer(host, socket) : asClient(host, socket))
            .ifPresent(key -> sockets.computeIfAbsent(key, _ -> new ArrayList<>()).add(socket));
      }
    }
    Connections connections = new Connections(host.sockets(), serving);
    Map<Key, Flow> flows = new HashMap<>();
    sockets.forEach((key, own) -> flows.put(key, flow(key, own, over(own, serving), connections)));
    return flows;
  }

  /// What other hosts ask a host's containers, and do not show themselves. The kernel of the host
  /// passes it on, so that only the containers' own sockets are there to tell; of the port that
  /// clients know, what is published.
  private Map<Key, Flow> seenInContainers(HostEvidence host) {
    Sampled<List<Socket>> served = ContainerSockets.served(host.containerSockets());
    Map<Key, List<Socket>> sockets = new HashMap<>();
    for (Socket socket : served.latest().collected().orElse(List.of())) {
      book.owner(socket.peer().address(), host.name())
          .filter(client -> !client.equals(host.name()) && !shows(client, host, socket))
          .map(client ->
              new Key(client, host.name(), Services.published(host, socket.local().port())))
          .ifPresent(key -> sockets.computeIfAbsent(key, _ -> new ArrayList<>()).add(socket));
    }
    Connections connections = new Connections(served, true);
    Map<Key, Flow> flows = new HashMap<>();
    sockets.forEach((key, own) -> flows.put(key, flow(key, own, Set.of(), connections)));
    return flows;
  }

  /// Whether a client's own list has a connection, which keeps its port on the way out of a
  /// container as a rule.
  private boolean shows(HostName client, HostEvidence server, Socket served) {
    return Optional.ofNullable(hosts.get(client)).stream()
        .flatMap(host -> host.sockets().latest().collected().stream())
        .flatMap(List::stream)
        .filter(socket -> socket.local().port() == served.peer().port())
        .anyMatch(socket ->
            book.owner(socket.peer().address(), client).filter(server.name()::equals).isPresent());
  }

  private Optional<Key> asClient(HostEvidence host, Socket socket) {
    return book.owner(socket.peer().address(), host.name())
        .or(() -> outsider(socket.peer()))
        .map(server -> new Key(host.name(), server, socket.peer().port()));
  }

  private Optional<Key> asServer(HostEvidence host, Socket socket) {
    return book.owner(socket.peer().address(), host.name())
        .map(client -> new Key(client, host.name(), socket.local().port()));
  }

  /// A database or cache outside the audit matters as much as one inside.
  private static Optional<HostName> outsider(Endpoint peer) {
    String service = Services.usual(peer.port());
    return Services.isDatabase(service) || Services.isCache(service)
        ? Optional.of(new HostName(peer.address().value()))
        : Optional.empty();
  }

  /// Where it is not known what listens, low ports do.
  private static boolean serves(Optional<Set<Integer>> listening, Socket socket) {
    int local = socket.local().port();
    return listening
        .map(ports -> ports.contains(local))
        .orElseGet(() ->
            Services.isUsual(local)
                || (local < FIRST_EPHEMERAL && socket.peer().port() >= FIRST_EPHEMERAL));
  }

  private static Set<Address> over(List<Socket> sockets, boolean serving) {
    return sockets.stream()
        .map(socket -> serving ? socket.local() : socket.peer())
        .map(Endpoint::address)
        .collect(Collectors.toSet());
  }

  private Flow flow(Key key, List<Socket> sockets, Set<Address> over, Connections connections) {
    HostEvidence server = hosts.get(key.to());
    return new Flow(
        key.from(),
        key.to(),
        key.port(),
        server == null ? Services.usual(key.port()) : Services.name(server, key.port()),
        sockets.size(),
        over,
        sockets.stream().flatMap(socket -> socket.minRtt().stream()).min(Duration::compareTo),
        sockets.stream()
            .filter(socket -> socket.sinceLastReceived().compareTo(STALE) <= 0)
            .flatMap(socket -> socket.rtt().stream())
            .toList(),
        connections.traffic(sockets));
  }
}

package dev.earshot.topology;

import dev.earshot.evidence.Endpoint;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Listener;
import dev.earshot.evidence.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the flows of a fleet in the sockets of its hosts.
///
/// The client's own sockets count; where a client could not be asked, the server's side of the same
/// connections stands in for them.
final class Flows {

  /// Linux hands out client ports from here on (`net.ipv4.ip_local_port_range`).
  private static final int FIRST_EPHEMERAL = 32768;

  private final Map<HostName, HostEvidence> hosts;
  private final AddressBook book;

  Flows(FleetEvidence fleet, AddressBook book) {
    this.hosts = new LinkedHashMap<>();
    fleet.hosts().forEach(host -> hosts.put(host.name(), host));
    this.book = book;
  }

  private record Key(HostName from, HostName to, int port, boolean seenByServer) {}

  List<Flow> find() {
    List<Flow> flows = new ArrayList<>();
    for (HostEvidence host : hosts.values()) {
      Map<Key, List<Socket>> byServer =
          host.sockets().latest().collected().orElse(List.of()).stream()
              .flatMap(socket -> key(host, socket).map(key -> Map.entry(key, socket)).stream())
              .collect(
                  Collectors.groupingBy(
                      Map.Entry::getKey,
                      LinkedHashMap::new,
                      Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
      byServer.forEach((key, sockets) -> flows.add(flow(host, key, sockets)));
    }
    return flows.stream()
        .sorted(
            Comparator.comparing(Flow::from).thenComparing(Flow::to).thenComparingInt(Flow::port))
        .toList();
  }

  private Optional<Key> key(HostEvidence host, Socket socket) {
    Optional<HostName> peer = book.owner(socket.peer().address(), host.name());
    if (!serves(host, socket.local(), socket.peer())) {
      return peer.or(() -> outsider(socket.peer()))
          .map(to -> new Key(host.name(), to, socket.peer().port(), false));
    }
    return peer.filter(from -> sawNothing(hosts.get(from)))
        .map(from -> new Key(from, host.name(), socket.local().port(), true));
  }

  /// A database outside the audit matters as much as one inside.
  private static Optional<HostName> outsider(Endpoint peer) {
    return Services.usual(peer.port()).equals(Services.POSTGRESQL)
        ? Optional.of(new HostName(peer.address().value()))
        : Optional.empty();
  }

  private static boolean sawNothing(@Nullable HostEvidence host) {
    return host == null || host.sockets().latest().collected().isEmpty();
  }

  private static boolean serves(HostEvidence host, Endpoint local, Endpoint peer) {
    return host.listeners()
        .collected()
        .map(listeners -> listeners.stream().anyMatch(on(local.port())))
        .orElseGet(() ->
            Services.isUsual(local.port())
                || (local.port() < FIRST_EPHEMERAL && peer.port() >= FIRST_EPHEMERAL));
  }

  private static Predicate<Listener> on(int port) {
    return listener -> listener.endpoint().port() == port;
  }

  private Flow flow(HostEvidence host, Key key, List<Socket> sockets) {
    Predicate<Socket> chosen = socket -> key(host, socket).equals(Optional.of(key));
    HostEvidence server = hosts.get(key.to());
    return new Flow(
        key.from(),
        key.to(),
        key.port(),
        server == null ? Services.usual(key.port()) : Services.name(server, key.port()),
        sockets.size(),
        sockets.stream()
            .map(socket -> key.seenByServer() ? socket.local() : socket.peer())
            .map(Endpoint::address)
            .collect(Collectors.toSet()),
        sockets.stream().flatMap(socket -> socket.minRtt().stream()).min(Duration::compareTo),
        sockets.stream().flatMap(socket -> socket.rtt().stream()).toList(),
        Connections.traffic(host.sockets().change(), chosen, key.seenByServer()));
  }
}

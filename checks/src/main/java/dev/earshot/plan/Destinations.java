package dev.earshot.plan;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.topology.Destination;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who has to get through to what after a move: the new host to the services that the work asks
/// today, and those who ask the work to the new host.
///
/// Of the latter only what listens on the new host already can be tried.
public final class Destinations {

  private Destinations() {}

  /// What can be tried before the move: by the new host, at the addresses that the old one uses; by
  /// the others, at the new host's.
  public static List<Destination> of(Topology topology, Move move) {
    Stream<Destination> asked =
        asked(topology, move)
            .filter(flow -> !flow.to().equals(move.to()))
            .flatMap(flow -> Destination.of(topology, flow, move.to()).stream());
    Stream<Destination> asking =
        topology.fleet().host(move.to()).stream()
            .flatMap(target -> asking(topology, move).filter(flow -> listens(target, flow.port())))
            .filter(flow -> !flow.from().equals(move.to()))
            .flatMap(flow -> after(topology, flow, move).stream());
    return Stream.concat(asked, asking).toList();
  }

  /// The flows in which the work asks; logins of administrators are no work.
  static Stream<Flow> asked(Topology topology, Move move) {
    HostName from = move.from();
    return topology.flows().stream()
        .filter(flow -> flow.from().equals(from) && !flow.to().equals(from))
        .filter(flow -> !flow.isAdministration());
  }

  /// The flows in which the work is asked.
  static Stream<Flow> asking(Topology topology, Move move) {
    HostName from = move.from();
    return topology.flows().stream()
        .filter(flow -> flow.to().equals(from) && !flow.from().equals(from))
        .filter(flow -> !flow.isAdministration());
  }

  /// Whether something is there for other hosts to connect to.
  static boolean listens(HostEvidence host, int port) {
    return host.listeners().collected().orElse(List.of()).stream()
        .map(listener -> listener.endpoint())
        .anyMatch(endpoint -> endpoint.port() == port && !endpoint.address().isLoopback());
  }

  /// Where who asks the work will look for it: at the address that the inventory has of the new
  /// host, where it is so with the old one. Which of other addresses that would be, nobody says.
  static Optional<Destination> after(Topology topology, Flow flow, Move move) {
    return topology
        .fleet()
        .host(move.from())
        .filter(old -> flow.over().contains(Address.of(old.host().address())))
        .flatMap(_ -> topology.fleet().host(move.to()))
        .map(target -> Address.of(target.host().address()))
        .filter(Destination::isReachable)
        .map(address -> new Destination(flow.from(), move.to(), address, flow.port()));
  }
}

package dev.earshot.plan;

import dev.earshot.evidence.HostName;
import dev.earshot.topology.Destination;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import java.util.List;
import java.util.stream.Stream;

/// What the new host has to get through to: the services that the work asks today.
///
/// Those who ask the work are left out: nothing listens for them on the new host yet.
public final class Destinations {

  private Destinations() {}

  /// As the new host would connect to them: at the addresses that the old one uses.
  public static List<Destination> of(Topology topology, Move move) {
    return asked(topology, move)
        .filter(flow -> !flow.to().equals(move.to()))
        .flatMap(flow -> Destination.of(topology, flow, move.to()).stream())
        .toList();
  }

  /// The flows in which the work asks; logins of administrators are no work.
  static Stream<Flow> asked(Topology topology, Move move) {
    HostName from = move.from();
    return topology.flows().stream()
        .filter(flow -> flow.from().equals(from) && !flow.to().equals(from))
        .filter(flow -> !flow.isAdministration());
  }
}

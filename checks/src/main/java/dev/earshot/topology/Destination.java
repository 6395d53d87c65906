package dev.earshot.topology;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.IpNumber;
import dev.earshot.evidence.Socket;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A service, as one host would connect to it.
///
/// @param to the server; one outside the audit bears its address as its name
public record Destination(HostName from, HostName to, Address address, int port) {

  private static final Comparator<Address> BY_TEXT = Comparator.comparing(Address::value);

  /// Where a flow's server is to be reached; nothing where only the server itself says so.
  ///
  /// @param from who would connect, the flow's client or one that takes its place
  public static Optional<Destination> of(Topology topology, Flow flow, HostName from) {
    return flow.over().stream()
        .filter(over -> isReachable(over) && isVouchedFor(topology, flow, over))
        .min(BY_TEXT)
        .map(over -> new Destination(from, flow.to(), over, flow.port()));
  }

  /// Another host's loopback or link is none of ours.
  public static boolean isReachable(Address address) {
    return IpNumber.of(address).filter(IpNumber::isOfOneHost).isPresent();
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
}

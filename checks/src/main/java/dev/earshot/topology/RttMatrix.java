package dev.earshot.topology;

import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Ping;
import dev.earshot.evidence.TunnelRtt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Round trips between all hosts: directed, a row is where they were measured from.
///
/// A value of its links; the index over them makes the distance between two hosts a look-up, since
/// checks ask for that of every pair.
public final class RttMatrix {

  private record Direction(HostName from, HostName to) {}

  private final List<Link> links;
  private final Map<Direction, List<Link>> index;
  private final Map<HostName, Set<HostName>> neighbours = new HashMap<>();

  public RttMatrix(List<Link> links) {
    this.links = List.copyOf(links);
    this.index =
        this.links.stream()
            .collect(Collectors.groupingBy(link -> new Direction(link.from(), link.to())));
    for (Link link : this.links) {
      neighbours.computeIfAbsent(link.from(), _ -> new HashSet<>()).add(link.to());
      neighbours.computeIfAbsent(link.to(), _ -> new HashSet<>()).add(link.from());
    }
  }

  /// The hosts to or from which somebody measured the way of this one: in a large fleet far from
  /// all.
  public Set<HostName> neighbours(HostName host) {
    return Collections.unmodifiableSet(neighbours.getOrDefault(host, Set.of()));
  }

  /// In the order in which they were found.
  public List<Link> links() {
    return links;
  }

  static RttMatrix of(FleetEvidence fleet, List<Flow> flows, AddressBook book) {
    Set<HostName> names = fleet.byName().keySet();
    List<Link> links = new ArrayList<>();
    fleet
        .hosts()
        .forEach(host ->
            host.pings().collected().orElse(List.of()).stream()
                .filter(ping -> ping.refusal().isEmpty())
                .filter(ping -> names.contains(ping.peer()) && !ping.peer().equals(host.name()))
                .map(ping -> icmp(host.name(), ping))
                .forEach(links::add));
    flows.stream()
        .filter(flow -> flow.minRtt().isPresent() && !flow.from().equals(flow.to()))
        .map(RttMatrix::kernel)
        .forEach(links::add);
    fleet
        .hosts()
        .forEach(host ->
            host.tunnels().collected().orElse(List.of()).stream()
                .filter(tunnel -> tunnel.shortest().isPresent())
                .map(tunnel -> tunnel(host.name(), book.server(tunnel, host.name()), tunnel))
                .forEach(links::add));
    return new RttMatrix(links);
  }

  public Stream<Link> between(HostName from, HostName to) {
    return index.getOrDefault(new Direction(from, to), List.of()).stream();
  }

  public Optional<Link> icmp(HostName from, HostName to) {
    return between(from, to)
        .filter(link -> link.method() == Link.Method.ICMP && !link.isFiltered())
        .findFirst();
  }

  /// Echo requests that went the way of a flow.
  public Optional<Link> icmp(Flow flow) {
    return icmp(flow.from(), flow.to())
        .filter(link -> link.over().filter(flow.over()::contains).isPresent());
  }

  /// Connections that the client's SSH server made, in either direction.
  public Optional<Link> tunnel(HostName from, HostName to) {
    return Stream.concat(between(from, to), between(to, from))
        .filter(link -> link.method() == Link.Method.TUNNEL)
        .findFirst();
  }

  /// What a round trip takes as a rule: the median of the echo requests, else the kernel's minimum,
  /// or what a tunnel showed where there are neither, in this direction or, where nobody could ask,
  /// in the other.
  public Optional<Duration> typical(HostName from, HostName to) {
    return oneWay(from, to).or(() -> oneWay(to, from));
  }

  /// The shortest round trip by any method in either direction: what distance alone explains.
  public Optional<Duration> shortest(HostName a, HostName b) {
    return Stream.concat(between(a, b), between(b, a))
        .flatMap(link -> link.min().stream())
        .min(Duration::compareTo);
  }

  /// What a round trip of a flow takes. Echo requests count only if they went to the address that
  /// the flow uses; otherwise they may have gone another way.
  public Optional<Duration> of(Flow flow) {
    return icmp(flow)
        .flatMap(Link::median)
        .or(flow::minRtt)
        .or(() -> typical(flow.from(), flow.to()));
  }

  private Optional<Duration> oneWay(HostName from, HostName to) {
    return icmp(from, to)
        .flatMap(Link::median)
        .or(() -> shortest(from, to, Link.Method.KERNEL))
        .or(() -> shortest(from, to, Link.Method.TUNNEL));
  }

  private Optional<Duration> shortest(HostName from, HostName to, Link.Method method) {
    return between(from, to)
        .filter(link -> link.method() == method)
        .flatMap(link -> link.min().stream())
        .min(Duration::compareTo);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RttMatrix matrix && links.equals(matrix.links);
  }

  @Override
  public int hashCode() {
    return links.hashCode();
  }

  @Override
  public String toString() {
    return "RttMatrix" + links;
  }

  private static Link icmp(HostName from, Ping ping) {
    return new Link(
        from,
        ping.peer(),
        Link.Method.ICMP,
        ping.sent(),
        ping.rtts().size(),
        ping.rtts().stream().min(Duration::compareTo),
        ping.rtts(),
        ping.address());
  }

  private static Link tunnel(HostName from, HostName to, TunnelRtt tunnel) {
    int opened = tunnel.opened().size();
    return new Link(
        from,
        to,
        Link.Method.TUNNEL,
        opened + (tunnel.refusal().isPresent() ? 1 : 0),
        opened,
        tunnel.shortest(),
        List.of(),
        Optional.of(tunnel.address()));
  }

  private static Link kernel(Flow flow) {
    long sent = flow.traffic().map(Traffic::sent).orElse(0L);
    long again = flow.traffic().map(Traffic::retransmitted).orElse(0L);
    return new Link(
        flow.from(),
        flow.to(),
        Link.Method.KERNEL,
        sent,
        Math.max(0, sent - again),
        flow.minRtt(),
        flow.rtts(),
        flow.over().stream().findFirst());
  }
}

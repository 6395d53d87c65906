package dev.earshot.topology;

import dev.earshot.evidence.Endpoint;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Rate;
import dev.earshot.evidence.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How the hosts of one audit stand to each other.
///
/// @param flows all that were seen
/// @param databaseFlows those of backends to their databases
public record Topology(
    FleetEvidence fleet,
    AddressBook book,
    List<Flow> flows,
    List<Flow> databaseFlows,
    RttMatrix rtts,
    Map<HostName, Set<Role>> roles,
    List<Site> sites) {

  private static final Comparator<Flow> BY_BUSTLE =
      Comparator.comparingDouble(
              (Flow flow) -> flow.roundTripRate().map(Rate::perSecond).orElse(0.0))
          .thenComparingInt(Flow::connections);

  public static Topology of(FleetEvidence fleet) {
    return of(fleet, DeclaredTopology.NONE);
  }

  public static Topology of(FleetEvidence fleet, DeclaredTopology declared) {
    AddressBook book = new AddressBook(fleet);
    List<Flow> flows =
        new Flows(fleet, book).find().stream().filter(flow -> !declared.ignores(flow)).toList();
    RttMatrix rtts = RttMatrix.of(fleet, flows);
    Replication replication = new Replication(fleet, book);
    List<Flow> questions =
        flows.stream().filter(Flow::isDatabase).filter(flow -> !replication.is(flow)).toList();
    return new Topology(
        fleet,
        book,
        flows,
        questions,
        rtts,
        Roles.of(fleet, flows, questions, declared),
        Site.of(rtts));
  }

  /// Where the service's public names lead.
  public List<ResolvedName> names() {
    return ResolvedName.of(this);
  }

  public Set<Role> roles(HostName host) {
    return roles.getOrDefault(host, Set.of());
  }

  public Optional<Site> site(HostName host) {
    return sites.stream().filter(site -> site.hosts().contains(host)).findFirst();
  }

  /// Every way of a request that is open, busy or not; of several flows between the same two hosts
  /// the busiest.
  public List<RequestPath> paths() {
    Map<List<HostName>, Flow> busiest = new LinkedHashMap<>();
    databaseFlows.forEach(
        flow -> busiest.merge(List.of(flow.from(), flow.to()), flow, Topology::busier));
    List<RequestPath> paths = new ArrayList<>();
    for (Flow database : busiest.values()) {
      List<HostName> balancers =
          fleet.hosts().stream()
              .filter(host -> roles(host.name()).contains(Role.LOAD_BALANCER))
              .filter(host -> sendsTo(host, database.from()))
              .map(HostEvidence::name)
              .toList();
      if (balancers.isEmpty()) {
        paths.add(new RequestPath(Optional.empty(), database));
      }
      balancers.forEach(balancer -> paths.add(new RequestPath(Optional.of(balancer), database)));
    }
    return paths;
  }

  /// The rows of a load balancer's table that stand for a host: by address, else by name.
  public boolean standsFor(HaProxy.Server server, HostName balancer, HostName host) {
    return server
        .endpoint()
        .map(Endpoint::address)
        .flatMap(address -> book.owner(address, balancer))
        .map(host::equals)
        .orElseGet(() -> server.name().equals(host.value()));
  }

  /// What the clients of a host asked of its web services within the window. Where a proxy on the
  /// host hands requests on to the host itself, each counts once: as it came from outside.
  public Optional<Traffic> inbound(HostEvidence host) {
    Connections connections = new Connections(host.sockets(), true);
    Set<Integer> ports = webPorts(host);
    Map<Boolean, List<Socket>> served =
        host.sockets().latest().collected().orElse(List.of()).stream()
            .filter(socket -> ports.contains(socket.local().port()))
            .collect(Collectors.partitioningBy(socket -> isFrom(host, socket)));
    return connections
        .traffic(served.getOrDefault(false, List.of()))
        .or(() -> connections.traffic(served.getOrDefault(true, List.of())));
  }

  /// Milliseconds of processor time a second that a host's own services used, databases and
  /// administration left out; nothing where the host does not say which processes they are.
  public Optional<Rate> computing(HostEvidence host) {
    Set<Integer> ports = webPorts(host);
    Set<Integer> pids =
        host.listeners().collected().orElse(List.of()).stream()
            .filter(listener -> ports.contains(listener.endpoint().port()))
            .flatMap(listener -> listener.pids().stream())
            .collect(Collectors.toSet());
    return host.processes()
        .change()
        .collected()
        .filter(_ -> !pids.isEmpty())
        .map(change -> {
          double used =
              pids.stream()
                  .filter(change.before().byPid()::containsKey)
                  .filter(change.after().byPid()::containsKey)
                  .mapToDouble(pid ->
                      Millis.of(change.after().byPid().getOrDefault(pid, Duration.ZERO))
                          - Millis.of(change.before().byPid().getOrDefault(pid, Duration.ZERO)))
                  .sum();
          return Rate.of(Math.max(0, used), change.window());
        });
  }

  private boolean isFrom(HostEvidence host, Socket socket) {
    return book.owner(socket.peer().address(), host.name()).filter(host.name()::equals).isPresent();
  }

  private static Set<Integer> webPorts(HostEvidence host) {
    return host.listeners().collected().orElse(List.of()).stream()
        .map(listener -> listener.endpoint().port())
        .filter(port -> Services.isWeb(Services.name(host, port)))
        .collect(Collectors.toSet());
  }

  private static Flow busier(Flow a, Flow b) {
    return BY_BUSTLE.compare(a, b) >= 0 ? a : b;
  }

  private boolean sendsTo(HostEvidence balancer, HostName backend) {
    boolean listed =
        balancer.haProxy().latest().collected().map(HaProxy::servers).orElse(List.of()).stream()
            .anyMatch(server -> standsFor(server, balancer.name(), backend));
    return listed
        || flows.stream()
            .anyMatch(flow ->
                flow.isWeb() && flow.from().equals(balancer.name()) && flow.to().equals(backend));
  }
}

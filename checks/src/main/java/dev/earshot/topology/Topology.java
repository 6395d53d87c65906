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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// How the hosts of one audit stand to each other.
public record Topology(
    FleetEvidence fleet,
    AddressBook book,
    List<Flow> flows,
    RttMatrix rtts,
    Map<HostName, Set<Role>> roles,
    List<Site> sites) {

  public static Topology of(FleetEvidence fleet) {
    AddressBook book = new AddressBook(fleet);
    List<Flow> flows = new Flows(fleet, book).find();
    RttMatrix rtts = RttMatrix.of(fleet, flows);
    return new Topology(fleet, book, flows, rtts, Roles.of(fleet, flows), Site.of(rtts));
  }

  public Set<Role> roles(HostName host) {
    return roles.getOrDefault(host, Set.of());
  }

  public Optional<Site> site(HostName host) {
    return sites.stream().filter(site -> site.hosts().contains(host)).findFirst();
  }

  /// The flows of backends to databases.
  public List<Flow> databaseFlows() {
    return flows.stream()
        .filter(Flow::isDatabase)
        .filter(flow -> roles(flow.from()).contains(Role.BACKEND))
        .toList();
  }

  /// Every way of a request that is open, busy or not.
  public List<RequestPath> paths() {
    List<RequestPath> paths = new ArrayList<>();
    for (Flow database : databaseFlows()) {
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

  /// What the clients of a host asked of its own services within the window, databases and
  /// administration left out.
  public Optional<Traffic> inbound(HostEvidence host) {
    Set<Integer> ports =
        Set.copyOf(
            host.listeners().collected().orElse(List.of()).stream()
                .map(listener -> listener.endpoint().port())
                .filter(port -> isWeb(host, port))
                .toList());
    Predicate<Socket> served = socket -> ports.contains(socket.local().port());
    return Connections.traffic(host.sockets().change(), served, true);
  }

  /// Milliseconds of processor time a second that a host's own services used, databases and
  /// administration left out; nothing where the host does not say which processes they are.
  public Optional<Rate> computing(HostEvidence host) {
    Set<Integer> pids =
        host.listeners().collected().orElse(List.of()).stream()
            .filter(listener -> isWeb(host, listener.endpoint().port()))
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

  private static boolean isWeb(HostEvidence host, int port) {
    String service = Services.name(host, port);
    return !service.equals(Services.SSH) && !service.equals(Services.POSTGRESQL);
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

package dev.earshot.topology;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Rate;
import dev.earshot.evidence.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the hosts of one audit stand to each other.
///
/// @param flows all that were seen
/// @param databaseFlows those of backends to their databases, and of poolers that stand between
/// @param cacheFlows those of backends to their caches
/// @param monitoring those of who watches, which no request waits for, in the order of all
/// @param poolers that pass questions on to a database
/// @param paths every way of a request that is open, busy or not; of several flows between the same
///   two hosts the busiest
/// @param index of what is asked for by host
public record Topology(
    FleetEvidence fleet,
    AddressBook book,
    List<Flow> flows,
    List<Flow> databaseFlows,
    List<Flow> cacheFlows,
    Set<Flow> monitoring,
    Poolers poolers,
    RttMatrix rtts,
    Map<HostName, Set<Role>> roles,
    List<Site> sites,
    List<RequestPath> paths,
    TopologyIndex index) {

  public static Topology of(FleetEvidence fleet) {
    return of(fleet, DeclaredTopology.NONE);
  }

  public static Topology of(FleetEvidence fleet, DeclaredTopology declared) {
    AddressBook book = new AddressBook(fleet);
    List<Flow> flows =
        new Flows(fleet, book).find().stream().filter(flow -> !declared.ignores(flow)).toList();
    RttMatrix rtts = RttMatrix.of(fleet, flows, book);
    Replication replication = new Replication(fleet, book);
    Monitoring monitors = new Monitoring(fleet, book, declared, flows);
    Set<Flow> monitoring =
        flows.stream().filter(monitors::is).collect(Collectors.toCollection(LinkedHashSet::new));
    List<Flow> work = flows.stream().filter(flow -> !monitoring.contains(flow)).toList();
    List<Flow> questions =
        work.stream().filter(Flow::isDatabase).filter(flow -> !replication.is(flow)).toList();
    List<Site> sites = Site.of(rtts);
    TopologyIndex index = TopologyIndex.of(flows, sites, rtts);
    List<Flow> cached =
        work.stream().filter(Flow::isCache).filter(flow -> !replication.isOfCaches(flow)).toList();
    Poolers poolers = Poolers.of(questions);
    List<Flow> asked =
        Stream.concat(questions.stream(), cached.stream())
            .filter(flow -> !poolers.isOnward(flow))
            .toList();
    Map<HostName, Set<Role>> roles = Roles.of(fleet, flows, asked, monitoring, declared);
    List<HostEvidence> balancers =
        fleet.hosts().stream()
            .filter(host -> roles.getOrDefault(host.name(), Set.of()).contains(Role.LOAD_BALANCER))
            .toList();
    return new Topology(
        fleet,
        book,
        flows,
        questions,
        cached,
        Collections.unmodifiableSet(monitoring),
        poolers,
        rtts,
        roles,
        sites,
        new Paths(book, index, poolers).find(balancers, questions),
        index);
  }

  /// Where the service's public names lead.
  public List<ResolvedName> names() {
    return ResolvedName.of(this);
  }

  public Set<Role> roles(HostName host) {
    return roles.getOrDefault(host, Set.of());
  }

  public Optional<Site> site(HostName host) {
    return Optional.ofNullable(index.sites().get(host));
  }

  /// What a round trip between different hosts of a site takes: the median of the echo requests.
  public Optional<Duration> rttWithin(Site site) {
    return Optional.ofNullable(index.rttWithin().get(site.name()));
  }

  /// The second leg of a question that a pooler takes: its own flow to the database.
  public Optional<Flow> onward(Flow flow) {
    return poolers.onward(flow);
  }

  /// What a round trip takes that a request waits for: of all its legs, where each was measured.
  public Optional<Duration> rtt(RequestPath path) {
    Duration all = Duration.ZERO;
    for (Flow leg : path.legs()) {
      Optional<Duration> rtt = rtts.of(leg);
      if (rtt.isEmpty()) {
        return Optional.empty();
      }
      all = all.plus(rtt.get());
    }
    return Optional.of(all);
  }

  /// What anybody asks a database, be it to watch it; what standbys fetch is left out.
  public Stream<Flow> askingDatabases() {
    return Stream.concat(databaseFlows.stream(), monitoring.stream().filter(Flow::isDatabase));
  }

  /// What backends ask pict-rs; who only balances load is none.
  public List<Flow> pictRsFlows() {
    return flows.stream()
        .filter(Flow::isPictRs)
        .filter(flow -> !monitoring.contains(flow))
        .filter(flow -> !roles(flow.from()).equals(Set.of(Role.LOAD_BALANCER)))
        .toList();
  }

  /// The flows of a host's own connections.
  public List<Flow> flowsFrom(HostName host) {
    return index.byClient().getOrDefault(host, List.of());
  }

  /// The flows of others' connections to a host.
  public List<Flow> flowsTo(HostName host) {
    return index.byServer().getOrDefault(host, List.of());
  }

  /// The host that a row of a load balancer's table stands for, if it is one of the audit's: by
  /// address, else by name.
  public Optional<HostEvidence> behind(HaProxy.Server server, HostName balancer) {
    return Paths.standsFor(book, server, balancer).flatMap(fleet::host);
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

  /// What crossed the connections of other hosts' clients to a host's web services within the
  /// window, by the address of the host's that they chose: floating ones are told apart.
  public Map<Address, Traffic> inboundByAddress(HostEvidence host) {
    Connections connections = new Connections(host.sockets(), true);
    Set<Integer> ports = webPorts(host);
    Map<Address, Traffic> traffic = new TreeMap<>(Comparator.comparing(Address::value));
    host.sockets().latest().collected().orElse(List.of()).stream()
        .filter(socket -> ports.contains(socket.local().port()) && !isFrom(host, socket))
        .collect(Collectors.groupingBy(socket -> socket.local().address()))
        .forEach((address, served) ->
            connections.traffic(served).ifPresent(some -> traffic.put(address, some)));
    return traffic;
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
}

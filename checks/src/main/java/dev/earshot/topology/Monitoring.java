package dev.earshot.topology;

import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tells the connections of those who watch hosts and servers from those of the service: no request
/// waits for them.
///
/// Of a database's clients, those are told who are in the role that PostgreSQL has for them, or in
/// the database that exporters ask by default, where the server holds another one that work is done
/// in. People grant that role to applications, too, so that neither tells anything of a host that
/// looks like a backend otherwise. Who is not seen to be one of them is none.
final class Monitoring {

  private final FleetEvidence fleet;
  private final AddressBook book;
  private final DeclaredTopology declared;
  private final Set<HostName> serving;

  /// @param flows all that were seen
  Monitoring(FleetEvidence fleet, AddressBook book, DeclaredTopology declared, List<Flow> flows) {
    this.fleet = fleet;
    this.book = book;
    this.declared = declared;
    this.serving =
        Stream.concat(
                flows.stream()
                    .filter(flow -> flow.isWeb() && !flow.from().equals(flow.to()))
                    .map(Flow::to),
                balanced())
            .collect(Collectors.toUnmodifiableSet());
  }

  boolean is(Flow flow) {
    Set<Role> said = declared.roles().getOrDefault(flow.from(), Set.of());
    return Services.isMonitoring(flow.service())
        || said.equals(Set.of(Role.MONITORING))
        || (flow.isDatabase()
            && !said.contains(Role.BACKEND)
            && isOfWatchers(flow, said.contains(Role.MONITORING)));
  }

  /// @param known whether the client is said to watch, among other things
  private boolean isOfWatchers(Flow flow, boolean known) {
    boolean named = known || isNamed(flow.from(), Role.MONITORING);
    boolean works = isNamed(flow.from(), Role.BACKEND);
    if (!known && (works || (!named && serving.contains(flow.from())))) {
      return false;
    }
    return ClientSessions.of(fleet, book, flow).areOfWatchers(named);
  }

  private boolean isNamed(HostName host, Role role) {
    return declared.roles().getOrDefault(host, Set.of()).isEmpty()
        && fleet
            .host(host)
            .filter(one -> one.host().groups().stream().anyMatch(role::isNamed))
            .isPresent();
  }

  /// Those that load balancers hand requests to.
  private Stream<HostName> balanced() {
    return fleet.hosts().stream()
        .flatMap(balancer -> balanced(balancer).flatMap(server -> standsFor(server, balancer)));
  }

  private static Stream<HaProxy.Server> balanced(HostEvidence balancer) {
    return balancer.haProxy().latest().collected().stream()
        .flatMap(proxy -> proxy.servers().stream());
  }

  private Stream<HostName> standsFor(HaProxy.Server server, HostEvidence balancer) {
    return Paths.standsFor(book, server, balancer.name()).stream();
  }
}

package dev.earshot.topology;

import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Nginx;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells the hosts' roles: what is declared; else from what they do; and only where that shows
/// nothing, from the groups they belong to. Who watches other hosts may have a role besides.
final class Roles {

  private final Set<HostName> databases;
  private final Set<HostName> caches;
  private final Set<HostName> clients;
  private final Set<HostName> watchers;
  private final Set<HostName> askingWebServices;

  private Roles(List<Flow> flows, List<Flow> questions, Set<Flow> monitoring) {
    databases = flows.stream().filter(Flow::isDatabase).map(Flow::to).collect(Collectors.toSet());
    caches = flows.stream().filter(Flow::isCache).map(Flow::to).collect(Collectors.toSet());
    clients = questions.stream().map(Flow::from).collect(Collectors.toSet());
    askingWebServices =
        flows.stream()
            .filter(Flow::isWeb)
            .filter(flow -> !monitoring.contains(flow))
            .map(Flow::from)
            .collect(Collectors.toSet());
    watchers =
        monitoring.stream()
            .filter(flow -> !flow.from().equals(flow.to()))
            .map(Flow::from)
            .collect(Collectors.toSet());
  }

  /// @param questions that backends ask databases and caches
  /// @param monitoring the flows of those who watch
  static Map<HostName, Set<Role>> of(
      FleetEvidence fleet,
      List<Flow> flows,
      List<Flow> questions,
      Set<Flow> monitoring,
      DeclaredTopology declared) {
    Roles seen = new Roles(flows, questions, monitoring);
    Map<HostName, Set<Role>> roles = new LinkedHashMap<>();
    for (HostEvidence host : fleet.hosts()) {
      Set<Role> said = declared.roles().getOrDefault(host.name(), Set.of());
      roles.put(host.name(), said.isEmpty() ? seen.of(host) : said);
    }
    return roles;
  }

  private Set<Role> of(HostEvidence host) {
    Set<Role> observed = observed(host);
    if (!observed.isEmpty()) {
      return observed;
    }
    Set<Role> roles = named(host);
    if (watchers.contains(host.name())) {
      roles.add(Role.MONITORING);
    }
    return roles;
  }

  private Set<Role> observed(HostEvidence host) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    boolean balances =
        host.haProxy().latest().collected().map(HaProxy::servers).stream()
            .anyMatch(servers -> !servers.isEmpty());
    if (balances || isHandingOn(host)) {
      roles.add(Role.LOAD_BALANCER);
    }
    if (clients.contains(host.name())) {
      roles.add(Role.BACKEND);
    }
    if (host.postgres().collected().isPresent() || databases.contains(host.name())) {
      roles.add(Role.DATABASE);
    }
    if (caches.contains(host.name())) {
      roles.add(Role.CACHE);
    }
    return roles;
  }

  /// An nginx whose log times the servers behind it, one of which it is connected to.
  private boolean isHandingOn(HostEvidence host) {
    return askingWebServices.contains(host.name())
        && host.nginx().collected().map(Nginx::logs).orElse(List.of()).stream()
            .anyMatch(log -> log.upstream().isPresent());
  }

  private static Set<Role> named(HostEvidence host) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      if (host.host().groups().stream().anyMatch(role::isNamed)) {
        roles.add(role);
      }
    }
    return roles;
  }
}

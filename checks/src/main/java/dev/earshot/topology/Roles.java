package dev.earshot.topology;

import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells the hosts' roles: what is declared; else from what they do; and only where that shows
/// nothing, from the groups they belong to.
final class Roles {

  private Roles() {}

  static Map<HostName, Set<Role>> of(
      FleetEvidence fleet, List<Flow> flows, List<Flow> questions, DeclaredTopology declared) {
    Set<HostName> servers =
        flows.stream().filter(Flow::isDatabase).map(Flow::to).collect(Collectors.toSet());
    Set<HostName> clients = questions.stream().map(Flow::from).collect(Collectors.toSet());
    Map<HostName, Set<Role>> roles = new LinkedHashMap<>();
    for (HostEvidence host : fleet.hosts()) {
      Set<Role> said = declared.roles().getOrDefault(host.name(), Set.of());
      roles.put(host.name(), said.isEmpty() ? seen(host, servers, clients) : said);
    }
    return roles;
  }

  private static Set<Role> seen(HostEvidence host, Set<HostName> servers, Set<HostName> clients) {
    Set<Role> observed = observed(host, servers, clients);
    return observed.isEmpty() ? named(host) : observed;
  }

  /// @param servers of databases that somebody is connected to
  /// @param clients who ask databases
  private static Set<Role> observed(
      HostEvidence host, Set<HostName> servers, Set<HostName> clients) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    boolean balances =
        host.haProxy().latest().collected().map(HaProxy::servers).stream()
            .anyMatch(rows -> !rows.isEmpty());
    if (balances) {
      roles.add(Role.LOAD_BALANCER);
    }
    if (clients.contains(host.name())) {
      roles.add(Role.BACKEND);
    }
    if (host.postgres().collected().isPresent() || servers.contains(host.name())) {
      roles.add(Role.DATABASE);
    }
    return roles;
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

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

/// Tells the hosts' roles: what is declared; else from what they do; and only where that shows
/// nothing, from the groups they belong to.
final class Roles {

  private Roles() {}

  /// @param questions that backends ask databases and caches
  static Map<HostName, Set<Role>> of(
      FleetEvidence fleet, List<Flow> flows, List<Flow> questions, DeclaredTopology declared) {
    Map<HostName, Set<Role>> roles = new LinkedHashMap<>();
    for (HostEvidence host : fleet.hosts()) {
      Set<Role> said = declared.roles().getOrDefault(host.name(), Set.of());
      roles.put(host.name(), said.isEmpty() ? seen(host, flows, questions) : said);
    }
    return roles;
  }

  private static Set<Role> seen(HostEvidence host, List<Flow> flows, List<Flow> questions) {
    Set<Role> observed = observed(host, flows, questions);
    return observed.isEmpty() ? named(host) : observed;
  }

  private static Set<Role> observed(HostEvidence host, List<Flow> flows, List<Flow> questions) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    boolean balances =
        host.haProxy().latest().collected().map(HaProxy::servers).stream()
            .anyMatch(servers -> !servers.isEmpty());
    boolean serves =
        host.postgres().collected().isPresent()
            || flows.stream().anyMatch(flow -> flow.isDatabase() && flow.to().equals(host.name()));
    boolean asks = questions.stream().anyMatch(flow -> flow.from().equals(host.name()));
    if (balances) {
      roles.add(Role.LOAD_BALANCER);
    }
    if (asks) {
      roles.add(Role.BACKEND);
    }
    if (serves) {
      roles.add(Role.DATABASE);
    }
    if (flows.stream().anyMatch(flow -> flow.isCache() && flow.to().equals(host.name()))) {
      roles.add(Role.CACHE);
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

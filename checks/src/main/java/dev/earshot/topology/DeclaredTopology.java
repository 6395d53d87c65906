package dev.earshot.topology;

import dev.earshot.evidence.HostName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the admin says of roles and flows; it stands above what is seen.
///
/// @param roles of hosts whose own are not asked for
/// @param ignored flows that nothing follows from
public record DeclaredTopology(Map<HostName, Set<Role>> roles, List<IgnoredFlow> ignored) {

  public static final DeclaredTopology NONE = new DeclaredTopology(Map.of(), List.of());

  /// Flows between some hosts; between any where nothing is said.
  ///
  /// @param from clients
  /// @param to servers; those outside the audit by their addresses
  /// @param port of the server
  public record IgnoredFlow(
      Optional<Set<HostName>> from, Optional<Set<HostName>> to, Optional<Integer> port) {

    boolean covers(Flow flow) {
      return from.stream().allMatch(some -> some.contains(flow.from()))
          && to.stream().allMatch(some -> some.contains(flow.to()))
          && port.stream().allMatch(number -> number == flow.port());
    }
  }

  public DeclaredTopology {
    roles =
        roles.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    ignored = List.copyOf(ignored);
  }

  boolean ignores(Flow flow) {
    return ignored.stream().anyMatch(each -> each.covers(flow));
  }
}

package dev.earshot.topology;

import dev.earshot.evidence.HostName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The hosts that pass questions on to a database, and by which flow they do.
///
/// A pooler that reaches its database through a Unix socket has no such flow: it is where the
/// database is.
///
/// @param onward of each host that clients reach a pooler on: of several flows the busiest
/// @param serving hosts whose pooler serves other hosts, and not themselves
record Poolers(Map<HostName, Flow> onward, Set<HostName> serving) {

  /// @param questions of clients to databases and poolers
  static Poolers of(List<Flow> questions) {
    List<Flow> pooled = questions.stream().filter(Flow::isPooled).toList();
    Set<HostName> hosts = pooled.stream().map(Flow::to).collect(Collectors.toSet());
    Map<HostName, Flow> onward = new HashMap<>();
    questions.stream()
        .filter(flow -> !flow.isPooled() && hosts.contains(flow.from()))
        .forEach(flow -> onward.merge(flow.from(), flow, Flow::busier));
    Set<HostName> serving =
        hosts.stream()
            .filter(host -> pooled.stream().noneMatch(flow -> flow.from().equals(host)))
            .collect(Collectors.toSet());
    return new Poolers(Map.copyOf(onward), serving);
  }

  /// The second leg of a question that a pooler takes.
  Optional<Flow> onward(Flow flow) {
    return flow.isPooled() ? Optional.ofNullable(onward.get(flow.to())) : Optional.empty();
  }

  /// Whether a flow is a pooler's own, which asks on behalf of other hosts.
  boolean isOnward(Flow flow) {
    return !flow.isPooled() && serving.contains(flow.from());
  }

  /// Whether the questions of a flow are those of another flow of the same host: it asks a pooler
  /// of its own.
  boolean isWithin(Flow flow) {
    return flow.from().equals(flow.to()) && onward(flow).isPresent();
  }
}

package dev.earshot.topology;

import dev.earshot.evidence.HostName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The way of a request: through a load balancer, where one is seen, to a backend that asks a
/// database.
///
/// @param database the flow from the backend to its database
public record RequestPath(Optional<HostName> loadBalancer, Flow database) {

  public HostName backend() {
    return database.from();
  }

  public List<HostName> hosts() {
    return Stream.concat(loadBalancer.stream(), Stream.of(database.from(), database.to())).toList();
  }

  /// `lb1 → backend1 → db1`
  @Override
  public String toString() {
    return String.join(" → ", hosts().stream().map(HostName::value).toList());
  }
}

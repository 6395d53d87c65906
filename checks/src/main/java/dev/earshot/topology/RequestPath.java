package dev.earshot.topology;

import dev.earshot.evidence.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The way of a request: through a load balancer, where one is seen, to a backend that asks a
/// database, through a pooler perhaps.
///
/// @param database the flow over which the backend asks: to its database, or to the pooler
/// @param onward the pooler's flow to the database, where the backend asks a pooler
public record RequestPath(Optional<HostName> loadBalancer, Flow database, Optional<Flow> onward) {

  public HostName backend() {
    return database.from();
  }

  /// The flows that a question takes one after the other.
  public List<Flow> legs() {
    return Stream.concat(Stream.of(database), onward.stream()).toList();
  }

  /// The flow that ends at the database itself.
  public Flow lastLeg() {
    return onward.orElse(database);
  }

  /// In their order; a pooler beside its database is not told twice.
  public List<HostName> hosts() {
    List<HostName> hosts = new ArrayList<>(loadBalancer.stream().toList());
    hosts.add(database.from());
    hosts.add(database.to());
    onward.map(Flow::to).filter(host -> !host.equals(database.to())).ifPresent(hosts::add);
    return List.copyOf(hosts);
  }

  /// `lb1 → backend1 → db1`
  @Override
  public String toString() {
    return String.join(" → ", hosts().stream().map(HostName::value).toList());
  }
}

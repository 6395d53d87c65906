package dev.earshot.topology;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Listener;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.evidence.PostgresActivity.Standby;
import dev.earshot.evidence.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells the connections over which a standby follows its primary, and a cache's replica its
/// master, from those of applications.
final class Replication {

  private final Map<HostName, HostEvidence> hosts;
  private final AddressBook book;

  Replication(FleetEvidence fleet, AddressBook book) {
    this.hosts = fleet.byName();
    this.book = book;
  }

  /// By the primary's own word; where it could not be asked, by the client's: it is in recovery.
  boolean is(Flow flow) {
    Optional<PostgresActivity> primary =
        Optional.ofNullable(hosts.get(flow.to())).stream()
            .flatMap(host -> host.postgresActivity().latest().collected().stream())
            .flatMap(all -> PostgresServer.at(flow.port(), all, PostgresActivity::server).stream())
            .findFirst();
    return primary
        .map(server ->
            isFrom(flow, server.standbys().stream().map(Standby::client))
                && !isFrom(flow, server.sessions().stream().map(Sessions::client)))
        .orElseGet(() -> isStandby(flow.from()));
  }

  /// A replica serves the same service on the same port to other hosts.
  boolean isOfCaches(Flow flow) {
    HostEvidence client = hosts.get(flow.from());
    return client != null
        && !flow.from().equals(flow.to())
        && Services.name(client, flow.port()).equals(flow.service())
        && client.listeners().collected().orElse(List.of()).stream()
            .map(Listener::endpoint)
            .anyMatch(at -> at.port() == flow.port() && !at.address().isLoopback());
  }

  private boolean isFrom(Flow flow, Stream<Optional<Address>> clients) {
    return clients
        .flatMap(Optional::stream)
        .flatMap(client -> book.owner(client, flow.to()).stream())
        .anyMatch(flow.from()::equals);
  }

  private boolean isStandby(HostName name) {
    return Optional.ofNullable(hosts.get(name)).stream()
        .flatMap(host -> host.postgres().collected().stream())
        .flatMap(List::stream)
        .anyMatch(settings -> settings.value("in_hot_standby").equals("on"));
  }
}

package dev.earshot.drift;

import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PostgresServer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What both of two audits tell of a host, or of a server on it.
///
/// @param host as the later one tells of it
record Pair<T>(HostEvidence host, T before, T now) {

  static Stream<Pair<HostEvidence>> hosts(FleetEvidence before, FleetEvidence now) {
    Map<HostName, HostEvidence> old = before.byName();
    return now.hosts().stream()
        .flatMap(host ->
            Optional.ofNullable(old.get(host.name())).stream()
                .map(was -> new Pair<>(host, was, host)));
  }

  /// @param servers of a host
  /// @param which of them one is
  static <T> Stream<Pair<T>> servers(
      FleetEvidence before,
      FleetEvidence now,
      Function<HostEvidence, Stream<T>> servers,
      Function<T, PostgresServer> which) {
    return hosts(before, now)
        .flatMap(pair ->
            servers
                .apply(pair.now())
                .flatMap(server ->
                    servers
                        .apply(pair.before())
                        .filter(one -> which.apply(one).equals(which.apply(server)))
                        .limit(1)
                        .map(one -> new Pair<>(pair.host(), one, server))));
  }
}

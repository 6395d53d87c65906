package dev.earshot.budget;

import dev.earshot.evidence.Endpoint;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HaProxy.Server;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Sampled.Change;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What one load balancer sent to one host within the window, a service of the host at a time.
///
/// Frontends route by name, path or anything else to backends, and a host may serve several of
/// those: on one port, then they are one service by different names, or on different ports.
///
/// @param rows those in HTTP mode, with what each took within the window
record BalancedRows(List<Row> rows) {

  /// @param requests that it took within the window
  record Row(Server server, long requests) {

    /// Nothing where the socket's level shows none.
    Optional<Integer> port() {
      return server.endpoint().map(Endpoint::port);
    }
  }

  /// Means over requests, in whole milliseconds at best.
  ///
  /// @param request behind the load balancer
  record Times(Duration queue, Duration connect, Optional<Duration> request) {}

  BalancedRows {
    rows = List.copyOf(rows);
  }

  /// Of each host that the balancer counts requests for, unless it began to count anew.
  static Map<HostName, BalancedRows> of(Topology topology, HostEvidence balancer) {
    return balancer.haProxy().change().collected().stream()
        .flatMap(change -> counted(change).stream())
        .flatMap(row ->
            topology.behind(row.server(), balancer.name()).stream()
                .map(host -> Map.entry(host.name(), row)))
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())))
        .entrySet()
        .stream()
        .filter(host -> host.getValue().stream().allMatch(row -> row.requests() >= 0))
        .collect(Collectors.toMap(Map.Entry::getKey, host -> new BalancedRows(host.getValue())));
  }

  private static List<Row> counted(Change<HaProxy> change) {
    Map<List<String>, Server> before =
        change.before().servers().stream()
            .collect(Collectors.toMap(BalancedRows::key, server -> server, (first, _) -> first));
    return change.after().servers().stream()
        .filter(Server::http)
        .flatMap(server ->
            Optional.ofNullable(before.get(key(server))).stream()
                .map(old -> new Row(server, server.streams() - old.streams())))
        .toList();
  }

  private static List<String> key(Server server) {
    return List.of(server.backend(), server.name());
  }

  long requests() {
    return rows.stream().mapToLong(Row::requests).sum();
  }

  /// Requests to each port of the host that is known.
  Map<Integer, Long> byPort() {
    return rows.stream()
        .filter(row -> row.port().isPresent())
        .collect(
            Collectors.groupingBy(
                row -> row.port().orElseThrow(), Collectors.summingLong(Row::requests)));
  }

  /// The rows of one port, and those whose port is not known: that they are of another service,
  /// nothing says.
  BalancedRows at(int port) {
    return new BalancedRows(
        rows.stream().filter(row -> row.port().map(own -> own == port).orElse(true)).toList());
  }

  /// Each row's means count as often as it took requests: one that took none tells of the past.
  Optional<Times> times() {
    List<Row> taking = rows.stream().filter(row -> row.requests() > 0).toList();
    return taking.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Times(
                mean(taking, Server::queue),
                mean(taking, Server::connectPerRequest),
                taking.stream().allMatch(row -> row.server().requestTime().isPresent())
                    ? Optional.of(mean(taking, row -> row.requestTime().orElseThrow()))
                    : Optional.empty()));
  }

  private static Duration mean(List<Row> rows, Function<Server, Duration> time) {
    double all = rows.stream().mapToLong(Row::requests).sum();
    return Millis.duration(
        rows.stream()
            .mapToDouble(row -> Millis.of(time.apply(row.server())) * row.requests() / all)
            .sum());
  }
}

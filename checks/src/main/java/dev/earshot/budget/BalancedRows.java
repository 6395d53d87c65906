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
import java.util.ArrayList;
import java.util.Comparator;
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

    /// Where the socket's level shows no port, a backend stands for a service.
    String service() {
      return server
          .endpoint()
          .map(Endpoint::port)
          .map("port %d"::formatted)
          .orElseGet(() -> "backend " + server.backend());
    }
  }

  /// Means over requests, in whole milliseconds at best.
  ///
  /// @param request behind the load balancer
  record Times(Duration queue, Duration connect, Optional<Duration> request) {}

  BalancedRows {
    rows = List.copyOf(rows);
  }

  /// Nothing where the balancer counts no requests for the host, or began to count anew.
  static Optional<BalancedRows> of(Topology topology, HostName balancer, HostName host) {
    return topology
        .fleet()
        .host(balancer)
        .flatMap(evidence -> evidence.haProxy().change().collected())
        .map(change -> counted(change, of(topology, change.after(), balancer, host)))
        .filter(rows -> !rows.isEmpty())
        .filter(rows -> rows.stream().allMatch(row -> row.requests() >= 0))
        .map(BalancedRows::new);
  }

  /// The rows of a balancer's table that stand for a host.
  static List<Server> of(Topology topology, HaProxy proxy, HostName balancer, HostName host) {
    return proxy.servers().stream()
        .filter(server ->
            topology
                .behind(server, balancer)
                .map(HostEvidence::name)
                .filter(host::equals)
                .isPresent())
        .toList();
  }

  private static List<Row> counted(Change<HaProxy> change, List<Server> after) {
    List<Row> rows = new ArrayList<>();
    for (Server server : after) {
      Optional<Server> before =
          change.before().servers().stream().filter(row -> isSame(row, server)).findFirst();
      if (server.http() && before.isPresent()) {
        rows.add(new Row(server, server.streams() - before.get().streams()));
      }
    }
    return rows;
  }

  private static boolean isSame(Server a, Server b) {
    return a.backend().equals(b.backend()) && a.name().equals(b.name());
  }

  long requests() {
    return rows.stream().mapToLong(Row::requests).sum();
  }

  Map<String, Long> byService() {
    return rows.stream()
        .collect(Collectors.groupingBy(Row::service, Collectors.summingLong(Row::requests)));
  }

  /// The rows of the service that took the most.
  BalancedRows busiest() {
    String most =
        byService().entrySet().stream()
            .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry::getKey))
            .orElseThrow()
            .getKey();
    return new BalancedRows(rows.stream().filter(row -> row.service().equals(most)).toList());
  }

  /// The port of its only service, where it is known.
  Optional<Integer> port() {
    return rows.stream()
        .max(Comparator.comparingLong(Row::requests))
        .flatMap(row -> row.server().endpoint())
        .map(Endpoint::port);
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

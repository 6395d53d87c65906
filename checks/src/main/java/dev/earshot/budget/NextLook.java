package dev.earshot.budget;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.topology.Flow;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where somebody would look next for what could not be told.
///
/// @param on the host
/// @param run a command that reads only; no name that an inventory or a host chose is in it
/// @param read what to read of its output, a word or phrase each; none where that is plain
public record NextLook(HostName on, String run, List<String> read) {

  private static final String TCP_COUNTERS =
      "grep ^Tcp: /proc/net/snmp; sleep 10; grep ^Tcp: /proc/net/snmp";

  private static final String PING = "ping -c 10 ";

  public NextLook {
    read = List.copyOf(read);
  }

  /// The command, with what to read as a comment.
  public String command() {
    return read.isEmpty() ? run : run + "   # " + String.join(", ", read);
  }

  /// For a suspect of this id, on this path.
  static Optional<NextLook> at(String suspect, Topology topology, RequestPath path) {
    HostName backend = path.backend();
    Flow flow = path.database();
    HostName database = path.lastLeg().to();
    String psql = Databases.which(topology, path.lastLeg()).psql() + " -c ";
    return switch (suspect) {
      case "distance" -> some(backend, TCP_COUNTERS, "ActiveOpens");
      case "load" -> some(untold(topology, path), "vmstat 1 5", "columns r, us, sy, id, st");
      case "load-balancer" ->
          path.loadBalancer()
              .flatMap(balancer ->
                  some(
                      balancer,
                      "echo 'show stat' | socat stdio /run/haproxy/admin.sock",
                      "qtime, ctime, rtime, ttime"));
      case "balancer-network" ->
          path.loadBalancer().flatMap(balancer -> ping(balancer, topology, backend));
      case "floating-address" ->
          path.loadBalancer().flatMap(balancer -> some(balancer, TCP_COUNTERS, "RetransSegs"));
      case Sender.ID -> Optional.empty();
      case "cache" ->
          topology.cacheFlows().stream()
              .filter(asked -> asked.from().equals(backend))
              .min(Comparator.comparing(asked -> asked.roundTripRate().isPresent()))
              .flatMap(asked ->
                  some(
                      backend,
                      "ss -tin '( dport = :%d )'".formatted(asked.port()),
                      "minrtt, data_segs_out"));
      case "queries" ->
          some(
              database,
              psql
                  + "\"select calls, mean_exec_time, left(query, 60) from pg_stat_statements order by total_exec_time desc limit 10\"");
      case "commit" ->
          Databases.settings(topology, path.lastLeg()).isPresent()
              ? some(database, "iostat -x 1 5", "columns f/s, f_await")
              : some(
                  database,
                  psql
                      + "\"select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'synchronous_standby_names')\"");
      case "pool" ->
          some(backend, "ss -Htn state established '( dport = :%d )'".formatted(flow.port()));
      case "connections" ->
          some(
              database,
              psql
                  + "\"select state, wait_event_type, count(*) from pg_stat_activity group by 1, 2\"");
      case "application" -> some(backend, "top -b -d 5 -n 2", "column %CPU of the second list");
      case "loss" -> some(backend, TCP_COUNTERS, "RetransSegs");
      case "elsewhere" ->
          some(backend, "cat /proc/pressure/cpu /proc/pressure/io", "some: who waits");
      default -> throw new IllegalArgumentException("no suspect is called " + suspect);
    };
  }

  /// How a request could be measured as a whole on this path: by its load balancer, or by hand.
  static Optional<NextLook> atWhole(Topology topology, RequestPath path) {
    Optional<HostEvidence> balancer = path.loadBalancer().flatMap(topology.fleet()::host);
    if (balancer.flatMap(host -> host.nginx().collected()).isPresent()) {
      return some(
          balancer.get().name(),
          "nginx -T 2>/dev/null | grep -E 'log_format|access_log|upstream_response_time'",
          "whether $upstream_response_time is logged");
    } else if (balancer.flatMap(host -> host.haProxy().latest().collected()).isPresent()) {
      return some(
          balancer.get().name(),
          "grep -nE '^ *(mode|defaults|frontend|listen|backend)' /etc/haproxy/haproxy.cfg",
          "mode http times requests");
    }
    String port =
        topology.flowsTo(path.backend()).stream()
            .filter(Flow::isWeb)
            .min(Comparator.comparing(flow -> flow.roundTripRate().isEmpty()))
            .map(flow -> String.valueOf(flow.port()))
            .orElse("PORT");
    return some(
        path.backend(),
        "curl -so /dev/null -w '%{time_total}\\n' http://127.0.0.1:" + port + "/",
        "seconds that one request takes");
  }

  /// How many questions a path's backend asks.
  static Optional<NextLook> atQuestions(RequestPath path) {
    String look = "ss -Htin '( dport = :%d )'".formatted(path.database().port());
    return some(
        path.backend(),
        look + "; sleep 10; " + look,
        "data_segs_out: how much it grows, by one a question");
  }

  /// Whether the other's command shows what this one's does.
  boolean isSameAs(NextLook other) {
    return on.equals(other.on()) && run.equals(other.run());
  }

  /// With what to read of the other, whose command is the same.
  NextLook and(NextLook other) {
    return new NextLook(
        on, run, Stream.concat(read.stream(), other.read().stream()).distinct().toList());
  }

  private static Optional<NextLook> some(HostName on, String run, String... read) {
    return Optional.of(new NextLook(on, run, List.of(read)));
  }

  /// A host whose load is not known.
  private static HostName untold(Topology topology, RequestPath path) {
    return path.hosts().stream()
        .filter(host -> Load.busy(topology, host).isEmpty())
        .findFirst()
        .orElseGet(path::backend);
  }

  private static Optional<NextLook> ping(HostName from, Topology topology, HostName host) {
    return topology
        .fleet()
        .host(host)
        .map(evidence -> Address.of(evidence.host().address()))
        .filter(Address::isNumeric)
        .flatMap(address -> some(from, PING + address.value()))
        .or(() -> some(from, PING + "ADDRESS", "of the backend"));
  }
}

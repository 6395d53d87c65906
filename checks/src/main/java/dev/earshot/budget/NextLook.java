package dev.earshot.budget;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostName;
import dev.earshot.topology.Flow;
import dev.earshot.topology.RequestPath;
import dev.earshot.topology.Topology;
import java.util.Optional;

/// Where somebody would look next for what could not be told.
///
/// @param on the host
/// @param command reads only; no name that an inventory or a host chose is in it
public record NextLook(HostName on, String command) {

  private static final String COMMENT = "   # ";

  /// For a suspect of this id, on this path.
  static Optional<NextLook> at(String suspect, Topology topology, RequestPath path) {
    HostName backend = path.backend();
    Flow flow = path.database();
    HostName database = path.lastLeg().to();
    String psql = Databases.which(topology, path.lastLeg()).psql() + " -X -c ";
    return switch (suspect) {
      case "distance" ->
          some(
              backend,
              "grep ^Tcp: /proc/net/snmp; sleep 10; grep ^Tcp: /proc/net/snmp   # ActiveOpens");
      case "load" -> some(untold(topology, path), "vmstat 1 5   # columns r, us, sy, id, st");
      case "load-balancer" ->
          path.loadBalancer()
              .map(balancer ->
                  new NextLook(
                      balancer,
                      "echo 'show stat' | socat stdio /run/haproxy/admin.sock   # qtime, ctime, rtime, ttime"));
      case "balancer-network" ->
          path.loadBalancer()
              .map(balancer -> new NextLook(balancer, "ping -c 10 " + address(topology, backend)));
      case "queries" ->
          some(
              database,
              psql
                  + "\"select calls, mean_exec_time, left(query, 60) from pg_stat_statements order by total_exec_time desc limit 10\"");
      case "commit" ->
          some(
              database,
              Databases.settings(topology, path.lastLeg()).isPresent()
                  ? "iostat -x 1 5   # columns f/s, f_await"
                  : psql
                      + "\"select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'synchronous_standby_names')\"");
      case "pool" ->
          some(backend, "ss -Htn state established '( dport = :%d )'".formatted(flow.port()));
      case "connections" ->
          some(
              database,
              psql
                  + "\"select state, wait_event_type, count(*) from pg_stat_activity group by 1, 2\"");
      case "application" -> some(backend, "top -b -d 5 -n 2   # column %CPU of the second list");
      case "loss" ->
          some(
              backend,
              "grep ^Tcp: /proc/net/snmp; sleep 10; grep ^Tcp: /proc/net/snmp   # RetransSegs");
      case "elsewhere" ->
          some(backend, "cat /proc/pressure/cpu /proc/pressure/io   # some: who waits");
      default -> throw new IllegalArgumentException("no suspect is called " + suspect);
    };
  }

  /// What shows both, where they are the same command but for what to read of its output.
  Optional<NextLook> with(NextLook other) {
    if (!on.equals(other.on()) || !run().equals(other.run())) {
      return Optional.empty();
    }
    return Optional.of(
        command.equals(other.command()) || other.read().isEmpty()
            ? this
            : new NextLook(
                on, run() + COMMENT + (read().isEmpty() ? "" : read() + ", ") + other.read()));
  }

  private String run() {
    return command.split(COMMENT, 2)[0];
  }

  /// What to read of its output.
  private String read() {
    return command.substring(Math.min(command.length(), run().length() + COMMENT.length()));
  }

  private static Optional<NextLook> some(HostName on, String command) {
    return Optional.of(new NextLook(on, command));
  }

  /// A host whose load is not known.
  private static HostName untold(Topology topology, RequestPath path) {
    return path.hosts().stream()
        .filter(host -> Load.busy(topology, host).isEmpty())
        .findFirst()
        .orElseGet(path::backend);
  }

  private static String address(Topology topology, HostName host) {
    return topology
        .fleet()
        .host(host)
        .map(evidence -> Address.of(evidence.host().address()))
        .filter(Address::isNumeric)
        .map(Address::value)
        .orElse("ADDRESS   # of the backend");
  }
}

package dev.earshot.topology;

import dev.earshot.evidence.Container;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Listener;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.evidence.PostgresSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Names for what listens on a port: the server's own word first, then the program's name, then the
/// image of the container that is published there, then the port's usual owner.
final class Services {

  static final String POSTGRESQL = "postgresql";
  static final String HTTP = "http";
  static final String SSH = "ssh";
  static final String PGBOUNCER = "pgbouncer";
  static final String REDIS = "redis";
  static final String MEMCACHED = "memcached";
  static final String PICT_RS = "pict-rs";

  private static final String NODE_EXPORTER = "node-exporter";
  private static final String EXPORTER = "exporter";
  private static final String PROMETHEUS = "prometheus";
  private static final String ZABBIX = "zabbix-agent";
  private static final String MUNIN = "munin-node";
  private static final String NRPE = "nrpe";
  private static final String NETDATA = "netdata";

  /// What is asked by those who watch, and by nobody else.
  private static final Set<String> MONITORING =
      Set.of(NODE_EXPORTER, EXPORTER, PROMETHEUS, ZABBIX, MUNIN, NRPE, NETDATA);

  /// Something that listens on a port of which nothing is known.
  static final String UNKNOWN = "tcp";

  /// What a port is when nothing else is known of it, by the registry of port numbers, Prometheus'
  /// list of its exporters' ports, and common practice.
  private static final Map<Integer, String> USUAL =
      Map.ofEntries(
          Map.entry(22, SSH),
          Map.entry(80, HTTP),
          Map.entry(443, HTTP),
          Map.entry(3000, HTTP),
          Map.entry(3306, "mysql"),
          Map.entry(5432, POSTGRESQL),
          Map.entry(6379, REDIS),
          Map.entry(6432, PGBOUNCER),
          Map.entry(8000, HTTP),
          Map.entry(8080, HTTP),
          Map.entry(8443, HTTP),
          Map.entry(8536, HTTP),
          Map.entry(4949, MUNIN),
          Map.entry(5666, NRPE),
          Map.entry(9100, NODE_EXPORTER),
          Map.entry(9101, EXPORTER),
          Map.entry(9104, EXPORTER),
          Map.entry(9113, EXPORTER),
          Map.entry(9121, EXPORTER),
          Map.entry(9127, EXPORTER),
          Map.entry(9187, EXPORTER),
          Map.entry(10050, ZABBIX),
          Map.entry(11211, MEMCACHED),
          Map.entry(19999, NETDATA));

  private static final Map<String, String> PROGRAMS =
      Map.ofEntries(
          Map.entry("sshd", SSH),
          Map.entry("postgres", POSTGRESQL),
          Map.entry("postmaster", POSTGRESQL),
          Map.entry("pgbouncer", PGBOUNCER),
          Map.entry("redis-server", REDIS),
          Map.entry("valkey-server", REDIS),
          Map.entry("keydb-server", REDIS),
          Map.entry("memcached", MEMCACHED),
          Map.entry("mysqld", "mysql"),
          Map.entry("mariadbd", "mysql"),
          Map.entry("haproxy", HTTP),
          Map.entry("nginx", HTTP),
          Map.entry("caddy", HTTP),
          Map.entry("apache2", HTTP),
          Map.entry("lemmy_server", HTTP),
          Map.entry("pict-rs", PICT_RS),
          Map.entry("node_exporter", NODE_EXPORTER),
          Map.entry("prometheus-node", NODE_EXPORTER),
          Map.entry("prometheus", PROMETHEUS),
          Map.entry("zabbix_agentd", ZABBIX),
          Map.entry("zabbix_agent2", ZABBIX),
          Map.entry("munin-node", MUNIN),
          Map.entry("nrpe", NRPE),
          Map.entry("netdata", NETDATA));

  /// What runs in a container, by the last part of its image's name: of a port that is published,
  /// the host shows a proxy's name, or none.
  private static final Map<String, String> IMAGES =
      Map.ofEntries(
          Map.entry("postgres", POSTGRESQL),
          Map.entry("pgautoupgrade", POSTGRESQL),
          Map.entry("pgbouncer", PGBOUNCER),
          Map.entry("redis", REDIS),
          Map.entry("valkey", REDIS),
          Map.entry("keydb", REDIS),
          Map.entry("memcached", MEMCACHED),
          Map.entry("pictrs", PICT_RS),
          Map.entry("pict-rs", PICT_RS),
          Map.entry("node-exporter", NODE_EXPORTER),
          Map.entry("prometheus", PROMETHEUS),
          Map.entry("netdata", NETDATA));

  private Services() {}

  /// PostgreSQL itself, or a pooler in front of it.
  static boolean isDatabase(String service) {
    return service.equals(POSTGRESQL) || service.equals(PGBOUNCER);
  }

  /// Redis, what speaks like it, or memcached.
  static boolean isCache(String service) {
    return service.equals(REDIS) || service.equals(MEMCACHED);
  }

  /// What hosts and servers are watched by.
  static boolean isMonitoring(String service) {
    return MONITORING.contains(service);
  }

  /// What may take the requests of users: HTTP, or an application on a port of its own.
  static boolean isWeb(String service) {
    return service.equals(HTTP) || service.equals(UNKNOWN);
  }

  static boolean isUsual(int port) {
    return USUAL.containsKey(port);
  }

  /// What a port is that nobody of the audit serves.
  static String usual(int port) {
    return USUAL.getOrDefault(port, UNKNOWN);
  }

  static String name(HostEvidence server, int port) {
    List<PostgresServer> databases =
        server.postgres().collected().orElse(List.of()).stream()
            .map(PostgresSettings::server)
            .toList();
    if (databases.stream().anyMatch(database -> database.port() == port)) {
      return POSTGRESQL;
    }
    boolean pooler =
        server.pgBouncer().latest().collected().orElse(List.of()).stream()
            .anyMatch(one -> one.port() == port);
    if (pooler) {
      return PGBOUNCER;
    }
    return program(server, port)
        .flatMap(Services::ofProgram)
        .or(() -> ofContainer(server, port))
        .or(() ->
            databases.stream()
                .filter(database -> database.answersAt(port))
                .findFirst()
                .map(_ -> POSTGRESQL))
        .orElseGet(() -> usual(port));
  }

  /// The port by which other hosts know what listens at a port within a container: the host's end
  /// where a single one is published, else the container's own.
  static int published(HostEvidence server, int inside) {
    Stream<Integer> databases =
        server.postgres().collected().orElse(List.of()).stream()
            .map(PostgresSettings::server)
            .filter(database -> database.container().isPresent() && database.answersAt(inside))
            .map(PostgresServer::port);
    Stream<Integer> others =
        containers(server)
            .flatMap(container -> container.ports().stream())
            .filter(port -> port.protocol().equals("tcp") && port.port() == inside)
            .map(port -> port.at().port());
    List<Integer> ends = Stream.concat(databases, others).distinct().toList();
    return ends.size() == 1 ? ends.getFirst() : inside;
  }

  /// The kernel keeps the first fifteen letters of a program's name.
  private static Optional<String> ofProgram(String name) {
    String program = name.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(PROGRAMS.get(program))
        .or(() ->
            program.contains("_export") || program.startsWith("prometheus-")
                ? Optional.of(EXPORTER)
                : Optional.empty());
  }

  private static Optional<String> ofContainer(HostEvidence server, int port) {
    return containers(server)
        .filter(container ->
            container.ports().stream()
                .anyMatch(each -> each.protocol().equals("tcp") && each.at().port() == port))
        .map(container -> container.image().shortName())
        .flatMap(image -> ofImage(image).stream())
        .findFirst();
  }

  private static Optional<String> ofImage(String image) {
    return Optional.ofNullable(IMAGES.get(image))
        .or(() ->
            image.endsWith("-exporter") || image.endsWith("_exporter")
                ? Optional.of(EXPORTER)
                : Optional.empty());
  }

  private static Stream<Container> containers(HostEvidence server) {
    return server.containers().collected().map(Containers::up).orElse(List.of()).stream();
  }

  private static Optional<String> program(HostEvidence server, int port) {
    return server.listeners().collected().orElse(List.of()).stream()
        .filter(listener -> listener.endpoint().port() == port)
        .map(Listener::process)
        .flatMap(Optional::stream)
        .findFirst();
  }
}

package dev.earshot.topology;

import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Listener;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Names for what listens on a port: the server's own word first, then the program's name, then the
/// port's usual owner.
final class Services {

  static final String POSTGRESQL = "postgresql";
  static final String HTTP = "http";
  static final String SSH = "ssh";
  static final String PGBOUNCER = "pgbouncer";
  static final String REDIS = "redis";
  static final String MEMCACHED = "memcached";

  /// Something that listens on a port of which nothing is known.
  static final String UNKNOWN = "tcp";

  /// What a port is when nothing else is known of it, by the registry of port numbers and common
  /// practice.
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
          Map.entry(9100, "node-exporter"),
          Map.entry(11211, MEMCACHED));

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
          Map.entry("lemmy_server", HTTP));

  private Services() {}

  /// PostgreSQL itself, or a pooler in front of it.
  static boolean isDatabase(String service) {
    return service.equals(POSTGRESQL) || service.equals(PGBOUNCER);
  }

  /// Redis, what speaks like it, or memcached.
  static boolean isCache(String service) {
    return service.equals(REDIS) || service.equals(MEMCACHED);
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
    boolean postgres =
        server.postgres().collected().orElse(List.of()).stream()
            .anyMatch(settings -> settings.value("port").equals(String.valueOf(port)));
    if (postgres) {
      return POSTGRESQL;
    }
    boolean pooler =
        server.pgBouncer().latest().collected().orElse(List.of()).stream()
            .anyMatch(one -> one.port() == port);
    if (pooler) {
      return PGBOUNCER;
    }
    return program(server, port)
        .map(program -> PROGRAMS.get(program.toLowerCase(Locale.ROOT)))
        .orElseGet(() -> usual(port));
  }

  private static Optional<String> program(HostEvidence server, int port) {
    return server.listeners().collected().orElse(List.of()).stream()
        .filter(listener -> listener.endpoint().port() == port)
        .map(Listener::process)
        .flatMap(Optional::stream)
        .findFirst();
  }
}

package dev.earshot.connection;

import dev.earshot.postgres.PostgresServer;
import dev.earshot.postgres.SslMode;
import dev.earshot.python.Value;
import dev.earshot.ssh.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads `earshot_postgres`, by which a host's PostgreSQL lets us in. Values are never told: they
/// may be secrets.
record PostgresVariables(HostVariables host) {

  private static final String NAME = "earshot_postgres";

  private static final List<String> KEYS =
      List.of("host", "port", "database", "user", "password", "sslmode", "sslrootcert");

  /// Empty where it is not set, or wrong, which is noted then.
  ///
  /// @param standard the host where none is given
  Optional<PostgresServer> read(String standard) {
    return switch (host.value(NAME).orElse(Value.Null.NULL)) {
      case Value.Null _ -> Optional.empty();
      case Value.Mapping mapping -> read(mapping, standard);
      case Value other -> {
        complain("must be a mapping but is " + other.kind(), "write its parts: " + keys());
        yield Optional.empty();
      }
    };
  }

  private Optional<PostgresServer> read(Value.Mapping mapping, String standard) {
    List<String> wrong = new ArrayList<>();
    Map<String, String> given = new TreeMap<>();
    mapping
        .entries()
        .forEach((key, value) -> {
          String name = key.asText().orElse("");
          if (!KEYS.contains(name)) {
            wrong.add("has a part that means nothing");
          } else if (value != Value.Null.NULL) {
            value
                .asText()
                .ifPresentOrElse(
                    text -> given.put(name, text), () -> wrong.add(name + " is " + value.kind()));
          }
        });
    String server = given.getOrDefault("host", standard);
    if (!server.matches("[\\p{L}\\p{N}_:][\\p{L}\\p{N}._:-]*")) {
      wrong.add("host is no host name and no IP address");
    }
    String port = given.getOrDefault("port", "5432");
    if (!port.matches("[1-9]\\d{0,4}") || Integer.parseInt(port) > 65_535) {
      wrong.add("port is not from 1 to 65535");
    }
    if (given.getOrDefault("user", "").isBlank()) {
      wrong.add("user is missing");
    }
    boolean loopback = PostgresServer.isLoopback(server);
    boolean authority = given.containsKey("sslrootcert");
    SslMode standardMode = loopback && !authority ? SslMode.PREFER : SslMode.VERIFY_FULL;
    SslMode mode =
        Optional.ofNullable(given.get("sslmode"))
            .map(label ->
                SslMode.of(label)
                    .orElseGet(() -> {
                      wrong.add("sslmode is none of libpq's");
                      return standardMode;
                    }))
            .orElse(standardMode);
    if (!loopback && mode.mayFallBackToClear()) {
      wrong.add(
          "sslmode %s may go on in clear: say verify-full, verify-ca or require, or disable if that is meant"
              .formatted(mode.label()));
    }
    if (!wrong.isEmpty()) {
      complain(wrong.stream().distinct().collect(Collectors.joining(", ")), "it has " + keys());
      return Optional.empty();
    }
    return Optional.of(
        new PostgresServer(
            server,
            Integer.parseInt(port),
            given.getOrDefault("database", "postgres"),
            given.getOrDefault("user", ""),
            new Secret(given.getOrDefault("password", "")),
            mode,
            given.getOrDefault("sslrootcert", PostgresServer.SYSTEM)));
  }

  private void complain(String message, String advice) {
    host.complainOf(List.of(NAME), NAME + " " + message, advice);
  }

  private static String keys() {
    return String.join(", ", KEYS);
  }
}

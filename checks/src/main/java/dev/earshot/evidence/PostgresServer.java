package dev.earshot.evidence;

import java.util.Optional;

/// Which of a host's PostgreSQL servers something is told of.
///
/// @param port by which clients of other hosts know it: for one in a container, the host's end
///   where it is published, and its own where it is not
/// @param container that it runs in
public record PostgresServer(int port, Optional<InContainer> container) {

  /// What holds it.
  ///
  /// @param engine `docker` or `podman`
  public record InContainer(String engine, String name) {}

  /// A server that is in no container.
  public static PostgresServer onHost(int port) {
    return new PostgresServer(port, Optional.empty());
  }

  /// `port 5432`, or `port 5432 in container web`.
  @Override
  public String toString() {
    return "port %d%s"
        .formatted(port, container.map(in -> " in container " + in.name()).orElse(""));
  }

  /// What `psql` is run as, up to its own arguments.
  public String psql() {
    return container
        .map(in -> "%s exec -i %s psql".formatted(in.engine(), in.name()))
        .orElse("psql -p " + port);
  }
}

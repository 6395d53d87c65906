package dev.earshot.evidence;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Which of a host's PostgreSQL servers something is told of.
///
/// @param port by which clients of other hosts know it: for one in a container, the host's end
///   where it is published, and its own where it is not
/// @param container that it runs in
public record PostgresServer(int port, Optional<InContainer> container) {

  private static final int USUAL_PORT = 5432;
  private static final String USUAL_USER = "postgres";

  /// What holds it. People copy its names into a shell, so nothing that a shell would read
  /// otherwise can be one.
  ///
  /// @param engine `docker` or `podman`
  /// @param inside nothing in evidence of earlier versions
  public record InContainer(String engine, String name, Optional<Inside> inside) {

    private static final Set<String> ENGINES = Set.of("docker", "podman");

    /// What the engines themselves allow.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    /// @throws UnreadableOutput where the engine or the name can't be one
    public InContainer {
      if (!ENGINES.contains(engine) || !NAME.matcher(name).matches()) {
        throw new UnreadableOutput("a PostgreSQL is said to be in a container that can't be one");
      }
    }

    private String psql() {
      return "%s exec -i%s %s psql -X%s"
          .formatted(
              engine,
              inside.filter(Inside::asPostgres).map(_ -> " -u " + USUAL_USER).orElse(""),
              name,
              inside.map(Inside::options).orElse(""));
    }
  }

  /// How a server in a container is reached from within.
  ///
  /// @param asPostgres whether by the container's user `postgres`, rather than by the one that it
  ///   runs as
  /// @param port that the server itself knows
  /// @param role to log in with; `-` where it has a name that a shell would read otherwise
  /// @param inTmp whether its socket is in `/tmp`, rather than in `/var/run/postgresql`
  public record Inside(boolean asPostgres, int port, String role, boolean inTmp) {

    private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9_.-]*[A-Za-z0-9_.]");

    /// Those that psql would not take by itself.
    private String options() {
      String login = ROLE.matcher(role).matches() ? role : "ROLE";
      return (inTmp ? " -h /tmp" : "")
          + (port == USUAL_PORT ? "" : " -p " + port)
          + (asPostgres && login.equals(USUAL_USER) ? "" : " -U " + login);
    }
  }

  /// A server that is in no container.
  public static PostgresServer onHost(int port) {
    return new PostgresServer(port, Optional.empty());
  }

  /// Which of a host's servers, or of what they tell, is meant by a port that a client connects to:
  /// the one that is known by it, else the one that [#answersAt] it.
  ///
  /// @param server that each of them is of
  public static <T> Optional<T> at(int port, List<T> all, Function<T, PostgresServer> server) {
    return all.stream()
        .filter(each -> server.apply(each).port() == port)
        .findFirst()
        .or(() -> all.stream().filter(each -> server.apply(each).answersAt(port)).findFirst());
  }

  /// Whether it is reached at a port: one in a container is at the host's end where it is
  /// published, and at its own for its neighbours in containers.
  public boolean answersAt(int asked) {
    return asked == port
        || container.flatMap(InContainer::inside).filter(in -> in.port() == asked).isPresent();
  }

  /// `port 5432`, or `port 5432 in container web`.
  @Override
  public String toString() {
    return "port %d%s"
        .formatted(port, container.map(in -> " in container " + in.name()).orElse(""));
  }

  /// What `psql` is run as, up to its own further arguments: `sudo -u postgres psql -X -p 5432`, or
  /// `docker exec -i -u postgres web psql -X -U lemmy`.
  public String psql() {
    return container.map(InContainer::psql).orElseGet(() -> "sudo -u postgres psql -X -p " + port);
  }
}

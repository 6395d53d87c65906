package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A PgBouncer of this machine in front of a [TemporaryPostgres], whose database `shop` it knows by
/// a pool of one. It listens on 127.0.0.1 and in the server's directory.
public final class TemporaryPgBouncer {

  private static final String CONFIGURATION =
      """
      [databases]
      shop = host=DIR port=SERVER dbname=postgres user=postgres
      DATABASES
      [pgbouncer]
      pidfile = DIR/pgbouncer.pid
      unix_socket_dir = DIR
      listen_addr = 127.0.0.1
      listen_port = PORT
      auth_file = DIR/userlist.txt
      auth_hba_file = DIR/rules.conf
      default_pool_size = 1
      SETTINGS
      """;

  private final TemporaryPostgres server;
  private final int port;
  private final Process process;

  private TemporaryPgBouncer(TemporaryPostgres server, int port, Process process) {
    this.server = server;
    this.port = port;
    this.process = process;
  }

  /// Skips the test, with the reason, where there is none to start.
  ///
  /// @param databases more lines of the section
  /// @param settings lines of the other
  public static TemporaryPgBouncer start(String databases, String settings) throws Exception {
    Optional<Path> program = ShellRun.find("pgbouncer");
    assumeTrue(program.isPresent(), "PgBouncer is not installed on this machine");
    assumeTrue(ShellRun.exists("psql"), "psql is not installed on this machine");
    TemporaryPostgres server = TemporaryPostgres.start();
    Path directory = server.directory();
    int port = freePort();
    Path configuration = directory.resolve("pgbouncer.ini");
    Files.writeString(
        configuration,
        CONFIGURATION
            .replace("DIR", directory.toString())
            .replace("SERVER", String.valueOf(TemporaryPostgres.PORT))
            .replace("PORT", String.valueOf(port))
            .replace("DATABASES", databases.strip())
            .replace("SETTINGS", settings.strip()));
    Files.writeString(directory.resolve("userlist.txt"), "\"postgres\" \"\"\n\"app\" \"\"\n");
    Files.writeString(directory.resolve("rules.conf"), "");
    List<String> command =
        new ArrayList<>(server.isRoot() ? List.of("runuser", "-u", "postgres", "--") : List.of());
    command.addAll(List.of(program.get().toString(), "-q", configuration.toString()));
    Path log = directory.resolve("pgbouncer.log");
    TemporaryPgBouncer pooler =
        new TemporaryPgBouncer(
            server,
            port,
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    for (int tries = 0; !Files.exists(directory.resolve(".s.PGSQL." + port)); tries++) {
      if (tries == 100) {
        pooler.stop();
        throw new AssertionError(Files.readString(log));
      }
      Thread.sleep(50);
    }
    return pooler;
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  public void stop() throws Exception {
    process.destroy();
    process.waitFor();
    server.stop();
  }

  int port() {
    return port;
  }

  Path directory() {
    return server.directory();
  }

  boolean isRoot() {
    return server.isRoot();
  }

  /// Gives it other access rules, which only `auth_type` `hba` heeds.
  public void ruledBy(String rules) throws Exception {
    Files.writeString(directory().resolve("rules.conf"), rules);
    CommandResult result = ShellRun.run(List.of("kill", "-HUP", pid()), Map.of());
    assertThat(result.exitStatus()).as(result.output()).isZero();
    // It has no answer to a signal but what it logs.
    Thread.sleep(200);
  }

  /// What psql says that asks the database `shop` through it.
  ///
  /// @param host `127.0.0.1`, or the directory of the socket
  public CommandResult ask(String host, String role, String sql) throws Exception {
    return ShellRun.run(
        List.of(
            "psql",
            "-X",
            "-q",
            "-w",
            "-h",
            host,
            "-p",
            String.valueOf(port),
            "-U",
            role,
            "-d",
            "shop",
            "-c",
            sql),
        Map.of());
  }

  public List<PgBouncer> poolers(List<String> shell) throws Exception {
    CommandResult answer = answer(PgBouncer.PROBE, shell);
    return PgBouncer.PROBE
        .read(answer)
        .collected()
        .orElseThrow(() -> new AssertionError(answer.output()))
        .value();
  }

  public CommandResult answer(Probe<?> probe, List<String> shell) throws Exception {
    return answer(probe, shell, "1 (init) 0 0\n7 (pgbouncer) 0 0\n8 (postgres) 0 0");
  }

  /// The probe as it stands, but for the directory in which it looks.
  ///
  /// @param processes as the kernel's list would have them
  CommandResult answer(Probe<?> probe, List<String> shell, String processes) throws Exception {
    return run(
        probe
            .command()
            .replace("/run/pgbouncer/.s", directory().resolve("none") + "/.s")
            .replace("/run/postgresql/.s", directory().resolve("none") + "/.s")
            .replace("/tmp/.s", directory() + "/.s"),
        shell,
        Map.of("EARSHOT_PROCESSES", processes));
  }

  /// The probe of a host where it is in a container: `podman` is a script, and the container a view
  /// of this machine.
  ///
  /// @param mishap what goes wrong first, of `podman`'s arguments
  CommandResult answerInContainer(String mishap, List<String> shell) throws Exception {
    assumeTrue(isRoot(), "only root can stand in for a container");
    assumeTrue(ShellRun.exists("unshare"), "unshare is not installed on this machine");
    assumeTrue(Files.isDirectory(Path.of("/run/postgresql")), "there is no /run/postgresql");
    Path bin = Files.createDirectories(directory().resolve("bin"));
    Path podman = bin.resolve("podman");
    Files.writeString(
        podman,
        """
        #!/bin/sh
        MISHAP
        case $1 in
          ps) echo ID ;;
          inspect) echo "ID PROCESS shop.pool PORT/tcp=6543" ;;
          exec)
            user=root
            while [ "$1" != sh ]; do
              [ "$1" != -u ] || user=$2
              shift
            done
            exec unshare -m sh -c 'mount --bind DIRECTORY /run/postgresql && exec runuser -u "$@"' sh "$user" -- env PGHOST=nowhere "$@"
            ;;
        esac
        """
            .replace("MISHAP", mishap)
            .replace("ID", "0123456789ab".repeat(5) + "cdef")
            .replace("PORT", String.valueOf(port))
            .replace("PROCESS", pid())
            .replace("DIRECTORY", directory().toString()));
    assertThat(podman.toFile().setExecutable(true, false)).isTrue();
    try (NamedProcess conmon = NamedProcess.start("conmon")) {
      return run(
          PgBouncer.PROBE
              .command()
              .replace("/run/pgbouncer/.s", directory().resolve("none") + "/.s")
              .replace(" /run/postgresql/.s", " " + directory().resolve("none") + "/.s")
              .replace(" /tmp/.s", " " + directory().resolve("none") + "/.s"),
          shell,
          Map.of(
              "PATH",
              bin + ":" + System.getenv("PATH"),
              "EARSHOT_PROCESSES",
              "1 (init) 0 0\n%d (conmon) 0 0\n%s (pgbouncer) 0 0".formatted(conmon.pid(), pid())));
    }
  }

  private String pid() throws Exception {
    return Files.readString(directory().resolve("pgbouncer.pid")).strip();
  }

  private static CommandResult run(
      String command, List<String> shell, Map<String, String> environment) throws Exception {
    List<String> line = new ArrayList<>(shell);
    line.addAll(List.of("-c", command));
    return ShellRun.run(line, environment);
  }
}

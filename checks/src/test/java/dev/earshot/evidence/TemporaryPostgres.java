package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server of this machine, and a standby of it if asked for, that listen on Unix
/// sockets in a directory of their own and nowhere else.
public final class TemporaryPostgres {

  public static final int PORT = 54_329;
  static final int STANDBY_PORT = 54_330;

  /// As the kernel's list of processes would have them, whatever other tests run beside.
  private static final String RUNNING = "1 (init) 0 0\n8 (postgres) 0 0";

  /// Outlives the tests, and clears up after them where they are killed: its standard input ends
  /// with them, however they end.
  private static final String HEIR =
      """
      trap '' INT TERM HUP
      read -r _
      for data in "$1/standby" "$1/data"; do
        [ ! -f "$data/postmaster.pid" ] || $3 "$2/pg_ctl" -D "$data" -w -m immediate stop
      done
      rm -rf "$1"
      """;

  private final Path directory;
  private final Path binaries;
  private final boolean root;
  private final Process heir;

  /// Of the one that listens on [#PORT], held until it has stopped: tests run in several processes.
  private @Nullable FileChannel turn;

  private TemporaryPostgres(Path directory, Path binaries, boolean root) throws IOException {
    this.directory = directory;
    this.binaries = binaries;
    this.root = root;
    this.heir =
        new ProcessBuilder(
                "sh",
                "-c",
                HEIR,
                "heir",
                directory.toString(),
                binaries.toString(),
                String.join(" ", asServer()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  /// Skips the test, with the reason, where there is no server to start.
  public static TemporaryPostgres start() throws IOException, InterruptedException {
    Optional<Path> binaries = binaries();
    assumeTrue(binaries.isPresent(), "PostgreSQL's server is not installed on this machine");
    TemporaryPostgres server = in(newDirectory(), binaries.get());
    server.initialise();
    server.start(server.data(), PORT, "");
    return server;
  }

  /// One that listens on 127.0.0.1, too, and wants a password there.
  ///
  /// @param options more of them
  public static TemporaryPostgres startListening(String options)
      throws IOException, InterruptedException {
    Optional<Path> binaries = binaries();
    assumeTrue(binaries.isPresent(), "PostgreSQL's server is not installed on this machine");
    assumeTrue(ShellRun.exists("psql"), "psql is not installed on this machine");
    TemporaryPostgres server = in(newDirectory(), binaries.get());
    server.initialise();
    Files.writeString(
        Path.of(server.data(), "pg_hba.conf"),
        """
        local all all trust
        host all nobody 127.0.0.1/32 reject
        host all all 127.0.0.1/32 scram-sha-256
        """);
    server.awaitTurn();
    server.start(server.data(), PORT, "-c listen_addresses=127.0.0.1 " + options);
    return server;
  }

  /// A server and its standby, of the version that an archive holds.
  ///
  /// @param archive of a tree with `bin`, `lib` and `share`
  /// @param options for both
  static TemporaryPostgres startPair(Path archive, String options)
      throws IOException, InterruptedException {
    assumeTrue(ShellRun.exists("psql"), "psql is not installed on this machine");
    assumeTrue(ShellRun.exists("xz"), "xz is not installed on this machine");
    Path directory = newDirectory();
    Path tree = Files.createDirectory(directory.resolve("tree"));
    TemporaryPostgres server = in(directory, tree.resolve("bin"));
    server.done(
        ShellRun.run(List.of("tar", "-xJf", archive.toString(), "-C", tree.toString()), Map.of()));
    server.initialise();
    server.done(ShellRun.run(List.of("cp", "-a", server.data(), server.standbyData()), Map.of()));
    server.done(
        ShellRun.run(
            List.of(
                "cp",
                "-p",
                server.data() + "/PG_VERSION",
                server.standbyData() + "/standby.signal"),
            Map.of()));
    server.start(server.data(), PORT, options);
    server.start(
        server.standbyData(),
        STANDBY_PORT,
        options
            + " -c primary_conninfo='host=%s port=%d user=postgres'".formatted(directory, PORT));
    return server;
  }

  /// Closing the channel, as the end of the process does, ends the turn.
  private void awaitTurn() throws IOException {
    Path lock =
        Path.of("/tmp", "earshot-pg-%d-%s.lock".formatted(PORT, System.getProperty("user.name")));
    FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.lock();
    turn = channel;
  }

  private static Path newDirectory() throws IOException {
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "earshot-pg");
    assertThat(directory.toFile().setExecutable(true, false)).isTrue();
    assertThat(directory.toFile().setReadable(true, false)).isTrue();
    return directory;
  }

  private static TemporaryPostgres in(Path directory, Path binaries)
      throws IOException, InterruptedException {
    boolean root = System.getProperty("user.name").equals("root");
    assumeTrue(
        !root || ShellRun.run(List.of("id", "postgres"), Map.of()).exitStatus() == 0,
        "PostgreSQL refuses to run as root, and there is no user postgres");
    TemporaryPostgres server = new TemporaryPostgres(directory, binaries, root);
    if (root) {
      server.done(ShellRun.run(List.of("chown", "postgres", directory.toString()), Map.of()));
    }
    return server;
  }

  private void initialise() throws IOException, InterruptedException {
    program("initdb", "-D", data(), "-A", "trust", "-U", "postgres", "-N", "-k");
  }

  private void start(String data, int port, String options)
      throws IOException, InterruptedException {
    program(
        "pg_ctl",
        "-D",
        data,
        "-l",
        data + ".log",
        "-w",
        "-o",
        "-p %d -k %s -c listen_addresses='' -c fsync=off -c shared_preload_libraries=pg_stat_statements %s"
            .formatted(port, directory, options),
        "start");
  }

  /// Runs SQL in a database.
  public String sql(String database, String... statements)
      throws IOException, InterruptedException {
    return done(psql(database, statements));
  }

  /// Runs SQL beside the test, whatever becomes of it.
  Thread holding(String database, String... statements) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            psql(database, statements);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private CommandResult psql(String database, String... statements)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(asServer());
    arguments.addAll(
        List.of(
            ShellRun.find("psql").orElseThrow().toString(),
            "-X",
            "-q",
            "-t",
            "-A",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            "postgres",
            "-h",
            directory.toString(),
            "-p",
            String.valueOf(PORT),
            "-d",
            "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'"));
    Stream.of(statements).forEach(statement -> arguments.addAll(List.of("-c", statement)));
    return ShellRun.run(arguments, Map.of());
  }

  /// Asks a probe as it stands, but for the directory in which it looks for servers.
  <T> Evidence<T> ask(Probe<T> probe, String role, String... shell)
      throws IOException, InterruptedException {
    return probe.read(answer(probe, role, shell));
  }

  /// What a probe's command prints.
  public CommandResult answer(Probe<?> probe, String role, String... shell)
      throws IOException, InterruptedException {
    String command =
        probe
            .command()
            .replace("/run/postgresql/.s", directory.resolve("none") + "/.s")
            .replace("/tmp/.s", directory + "/.s");
    List<String> line = new ArrayList<>(List.of(shell));
    line.addAll(List.of("-c", command));
    return ShellRun.run(line, Map.of("PGUSER", role, "EARSHOT_PROCESSES", RUNNING));
  }

  /// The same where the server is in a container: a stand-in for Podman answers, which runs what is
  /// executed in the container with the server's socket where PostgreSQL's own is. Needs root.
  ///
  /// @param mishap shell code that the stand-in runs first
  CommandResult answerInContainer(Probe<?> probe, String mishap, String... shell)
      throws IOException, InterruptedException {
    String postmaster = Files.readAllLines(Path.of(data(), "postmaster.pid")).getFirst();
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path podman = bin.resolve("podman");
    Files.writeString(
        podman,
        """
        #!/bin/sh
        MISHAP
        case $1 in
          ps) echo ID ;;
          inspect) echo "ID POSTMASTER shop.db NUMBER/tcp=5433" ;;
          exec)
            shift
            while [ "$1" != sh ]; do shift; done
            exec unshare -m sh -c 'mount --bind DIRECTORY /run/postgresql && exec env PGPORT=NUMBER POSTGRES_USER=postgres PGHOST=nowhere "$@"' sh "$@"
            ;;
        esac
        """
            .replace("MISHAP", mishap)
            .replace("ID", "0123456789ab".repeat(5) + "cdef")
            .replace("NUMBER", String.valueOf(PORT))
            .replace("POSTMASTER", postmaster)
            .replace("DIRECTORY", directory.toString()));
    assertThat(podman.toFile().setExecutable(true, false)).isTrue();
    String command =
        probe
            .command()
            .replace("/run/postgresql/.s", directory.resolve("none") + "/.s")
            .replace("/tmp/.s", directory.resolve("none") + "/.s");
    List<String> line = new ArrayList<>(List.of(shell));
    line.addAll(List.of("-c", command));
    try (NamedProcess conmon = NamedProcess.start("conmon")) {
      return ShellRun.run(
          line,
          Map.of(
              "PATH",
              bin + ":" + System.getenv("PATH"),
              "EARSHOT_PROCESSES",
              "1 (init) 0 0\n%d (conmon) 0 0\n%s (postgres) 0 0"
                  .formatted(conmon.pid(), postmaster)));
    }
  }

  /// Makes a socket beside the server's, as somebody else would in `/tmp`. Needs root.
  void joinedBy(int port, String owner) throws IOException, InterruptedException {
    Path socket = directory.resolve(".s.PGSQL." + port);
    try (var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
    }
    done(ShellRun.run(List.of("chown", owner, socket.toString()), Map.of()));
  }

  void leftBy(int port) throws IOException {
    Files.delete(directory.resolve(".s.PGSQL." + port));
  }

  /// Where its sockets are.
  public Path directory() {
    return directory;
  }

  boolean isRoot() {
    return root;
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private String standbyData() {
    return directory.resolve("standby").toString();
  }

  private List<String> asServer() {
    return root ? List.of("runuser", "-u", "postgres", "--") : List.of();
  }

  private void program(String name, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(asServer());
    command.add(binaries.resolve(name).toString());
    command.addAll(List.of(arguments));
    done(ShellRun.run(command, Map.of()));
  }

  private String done(CommandResult result) {
    assertThat(result.exitStatus()).as(result.output()).isZero();
    return result.output();
  }

  private static Optional<Path> binaries() throws IOException {
    Path versions = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(versions)) {
      return all.map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  public void stop() throws IOException, InterruptedException {
    try {
      stopServers();
    } finally {
      heir.getOutputStream().close();
      if (turn != null) {
        turn.close();
      }
    }
  }

  private void stopServers() throws IOException, InterruptedException {
    for (String data : List.of(standbyData(), data())) {
      if (Files.exists(Path.of(data, "postmaster.pid"))) {
        program("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop");
      }
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

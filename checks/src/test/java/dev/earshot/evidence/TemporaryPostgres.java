package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A PostgreSQL server of this machine that listens on a Unix socket in a directory of its own and
/// nowhere else.
final class TemporaryPostgres {

  private static final int PORT = 54_329;

  private final Path directory;
  private final Path binaries;
  private final boolean root;

  private TemporaryPostgres(Path directory, Path binaries, boolean root) {
    this.directory = directory;
    this.binaries = binaries;
    this.root = root;
  }

  /// Skips the test, with the reason, where there is no server to start.
  static TemporaryPostgres start() throws IOException, InterruptedException {
    Optional<Path> binaries = binaries();
    assumeTrue(binaries.isPresent(), "PostgreSQL's server is not installed on this machine");
    boolean root = System.getProperty("user.name").equals("root");
    assumeTrue(
        !root || ShellRun.run(List.of("id", "postgres"), Map.of()).exitStatus() == 0,
        "PostgreSQL refuses to run as root, and there is no user postgres");
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "earshot-pg");
    TemporaryPostgres server = new TemporaryPostgres(directory, binaries.get(), root);
    if (root) {
      server.done(ShellRun.run(List.of("chown", "postgres", directory.toString()), Map.of()));
    }
    server.program("initdb", "-D", server.data(), "-A", "trust", "-U", "postgres", "-N");
    server.program(
        "pg_ctl",
        "-D",
        server.data(),
        "-l",
        directory.resolve("log").toString(),
        "-w",
        "-o",
        "-p %d -k %s -c listen_addresses='' -c fsync=off -c shared_preload_libraries=pg_stat_statements"
            .formatted(PORT, directory),
        "start");
    return server;
  }

  /// Runs SQL in a database.
  String sql(String database, String... statements) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
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
    return program("psql", arguments.toArray(String[]::new));
  }

  /// Asks a probe as it stands, but for the directory in which it looks for servers.
  <T> Evidence<T> ask(Probe<T> probe, String role, String... shell)
      throws IOException, InterruptedException {
    String command =
        probe
            .command()
            .replace("/run/postgresql/.s", directory.resolve("none") + "/.s")
            .replace("/tmp/.s", directory + "/.s");
    List<String> line = new ArrayList<>(List.of(shell));
    line.addAll(List.of("-c", command));
    return probe.read(ShellRun.run(line, Map.of("PGUSER", role)));
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private String program(String name, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (root) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(binaries.resolve(name).toString());
    command.addAll(List.of(arguments));
    return done(ShellRun.run(command, Map.of()));
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

  void stop() throws IOException, InterruptedException {
    program("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.evidence.PgBouncer.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The probes against a real PgBouncer in front of a real server, whose pool of one is lent while
/// another client waits.
class PgBouncerTest {

  private static final int PORT = 64_329;

  /// As the kernel's list of processes would have them.
  private static final Map<String, String> RUNNING =
      Map.of("EARSHOT_PROCESSES", "1 (init) 0 0\n7 (pgbouncer) 0 0\n8 (postgres) 0 0");

  private static final String CONFIGURATION =
      """
      [databases]
      shop = host=DIR port=54329 dbname=postgres user=postgres
      archive = host=127.0.0.1 port=1 dbname=postgres pool_size=7
      [pgbouncer]
      pidfile = DIR/pgbouncer.pid
      unix_socket_dir = DIR
      listen_port = PORT
      auth_type = trust
      auth_file = DIR/userlist.txt
      default_pool_size = 1
      max_client_conn = 42
      """;

  private static @Nullable TemporaryPostgres server;
  private static @Nullable Process pooler;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = ShellRun.find("pgbouncer");
    assumeTrue(program.isPresent(), "PgBouncer is not installed on this machine");
    assumeTrue(ShellRun.exists("psql"), "psql is not installed on this machine");
    TemporaryPostgres started = TemporaryPostgres.start();
    server = started;
    Path configuration = started.directory().resolve("pgbouncer.ini");
    Files.writeString(
        configuration,
        CONFIGURATION
            .replace("DIR", started.directory().toString())
            .replace("PORT", String.valueOf(PORT)));
    Files.writeString(started.directory().resolve("userlist.txt"), "\"postgres\" \"\"\n");
    List<String> command =
        new ArrayList<>(started.isRoot() ? List.of("runuser", "-u", "postgres", "--") : List.of());
    command.addAll(List.of(program.get().toString(), "-q", configuration.toString()));
    pooler =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    Path socket = started.directory().resolve(".s.PGSQL." + PORT);
    for (int tries = 0; !Files.exists(socket); tries++) {
      assertThat(tries < 100).as(Files.readString(log())).isTrue();
      Thread.sleep(50);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (pooler != null) {
      pooler.destroy();
      pooler.waitFor();
    }
    if (server != null) {
      server.stop();
    }
  }

  static Stream<List<String>> shells() {
    return ShellRun.shells().stream();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void tellsWhoWaits(List<String> shell) throws Exception {
    Thread first = asking("select pg_sleep(5)");
    until(shell, Pool::lent);
    Thread second = asking("select pg_sleep(0)");
    PgBouncer told = until(shell, Pool::waiting);
    first.join();
    second.join();

    assertThat(told.port()).isEqualTo(PORT);
    assertThat(told.pools())
        .singleElement()
        .satisfies(pool -> {
          assertThat(pool.database()).isEqualTo("shop");
          assertThat(pool.role()).isEqualTo("postgres");
          assertThat(pool.mode()).isEqualTo("session");
          assertThat(pool.lent()).isEqualTo(1);
          assertThat(pool.open()).isEqualTo(1);
          assertThat(pool.waiting()).isEqualTo(1);
          assertThat(pool.longestWait()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(20));
        });
    assertThat(told.databases())
        .extracting(one -> one.name() + " " + one.host() + " " + one.size())
        .containsExactlyInAnyOrder("shop  1", "archive 127.0.0.1 7");
    assertThat(told.mostClients()).contains(42);
    assertThat(told.clients().orElseThrow()).isGreaterThanOrEqualTo(2);
    assertThat(told.file()).contains(directory().resolve("pgbouncer.ini").toString());
    assertThat(poolers(shell).getFirst().counters())
        .filteredOn(counters -> counters.database().equals("shop"))
        .singleElement()
        .satisfies(counters -> {
          assertThat(counters.transactions()).isGreaterThanOrEqualTo(2);
          assertThat(counters.waited()).isPositive();
        });
  }

  /// Its socket lies beside the server's and is none.
  @ParameterizedTest
  @MethodSource("shells")
  void isNotTakenForAServer(List<String> shell) throws Exception {
    CommandResult answer = run(PostgresSettings.PROBE, shell, RUNNING);

    assertThat(PostgresSettings.PROBE.read(answer).collected().orElseThrow())
        .singleElement()
        .satisfies(settings -> assertThat(settings.port()).isEqualTo(TemporaryPostgres.PORT));
    assertThat(PsqlTables.leftOut(answer.output())).isEmpty();
  }

  @Test
  void whoeverMayNotLookIsToldWhatToAllow() throws Exception {
    assumeTrue(running().isRoot(), "only root can become somebody else");
    List<String> nobody = List.of("runuser", "-u", "nobody", "--", "sh");

    assertThat(PgBouncer.PROBE.read(run(PgBouncer.PROBE, nobody, RUNNING)))
        .isInstanceOfSatisfying(
            Evidence.Uncollected.class,
            uncollected ->
                assertThat(uncollected.reason())
                    .contains("sudo -u postgres psql", "stats_users", "PgBouncer's console"));
  }

  @Test
  void whereNoneRunsThereIsNone() throws Exception {
    Map<String, String> without = Map.of("EARSHOT_PROCESSES", "1 (init) 0 0\n8 (postgres) 0 0");

    assertThat(PgBouncer.PROBE.read(run(PgBouncer.PROBE, List.of("sh"), without)))
        .isInstanceOf(Evidence.Absent.class);
  }

  /// Looks until it is so, or for so long that it never will be.
  private static PgBouncer until(List<String> shell, ToIntFunction<Pool> count) throws Exception {
    PgBouncer told = poolers(shell).getFirst();
    for (int tries = 0; tries < 30; tries++) {
      if (told.pools().stream().mapToInt(count).sum() > 0) {
        return told;
      }
      Thread.sleep(50);
      told = poolers(shell).getFirst();
    }
    return told;
  }

  private static List<PgBouncer> poolers(List<String> shell) throws Exception {
    return PgBouncer.PROBE
        .read(run(PgBouncer.PROBE, shell, RUNNING))
        .collected()
        .orElseThrow()
        .value();
  }

  /// The probe as it stands, but for the directory in which it looks.
  private static CommandResult run(
      Probe<?> probe, List<String> shell, Map<String, String> environment) throws Exception {
    List<String> line = new ArrayList<>(shell);
    line.addAll(
        List.of(
            "-c",
            probe
                .command()
                .replace("/run/postgresql/.s", directory().resolve("none") + "/.s")
                .replace("/run/pgbouncer/.s", directory().resolve("none") + "/.s")
                .replace("/tmp/.s", directory() + "/.s")));
    return ShellRun.run(line, environment);
  }

  private static Thread asking(String sql) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            CommandResult result =
                ShellRun.run(
                    List.of(
                        "psql",
                        "-X",
                        "-q",
                        "-w",
                        "-h",
                        directory().toString(),
                        "-p",
                        String.valueOf(PORT),
                        "-U",
                        "postgres",
                        "-d",
                        "shop",
                        "-c",
                        sql),
                    Map.of());
            assertThat(result.exitStatus()).as(result.output()).isZero();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static Path log() {
    return directory().resolve("pgbouncer.log");
  }

  private static Path directory() {
    return running().directory();
  }

  private static TemporaryPostgres running() {
    return Objects.requireNonNull(server);
  }
}

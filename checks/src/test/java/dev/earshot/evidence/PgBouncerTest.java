package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.evidence.PgBouncer.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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

  private static final String NONE = "1 (init) 0 0\n8 (postgres) 0 0";

  private static @Nullable TemporaryPgBouncer pooler;

  @BeforeAll
  static void start() throws Exception {
    pooler =
        TemporaryPgBouncer.start(
            """
            archive = host=127.0.0.1 port=1 dbname=postgres pool_size=7
            """,
            """
            auth_type = trust
            max_client_conn = 42
            """);
  }

  @AfterAll
  static void stop() throws Exception {
    if (pooler != null) {
      pooler.stop();
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

    assertThat(told.port()).isEqualTo(running().port());
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
    assertThat(told.file()).contains(running().directory().resolve("pgbouncer.ini").toString());
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
    CommandResult answer = running().answer(PostgresSettings.PROBE, shell);

    assertThat(PostgresSettings.PROBE.read(answer).collected().orElseThrow())
        .singleElement()
        .satisfies(settings -> assertThat(settings.port()).isEqualTo(TemporaryPostgres.PORT));
    assertThat(PsqlTables.leftOut(answer.output())).isEmpty();
  }

  @Test
  void whoeverMayNotLookIsToldWhatToAllow() throws Exception {
    assumeTrue(running().isRoot(), "only root can become somebody else");
    List<String> nobody = List.of("runuser", "-u", "nobody", "--", "sh");

    assertThat(PgBouncer.PROBE.read(running().answer(PgBouncer.PROBE, nobody)))
        .isInstanceOfSatisfying(
            Evidence.Uncollected.class,
            uncollected ->
                assertThat(uncollected.reason())
                    .contains("sudo -u postgres psql", "stats_users", "PgBouncer's console"));
  }

  /// A connection by each of the ways in: only that over the network has an address.
  @ParameterizedTest
  @MethodSource("shells")
  void withAnotherTypeItHasNoRulesOnAddresses(List<String> shell) throws Exception {
    PgBouncerAccess access = poolers(shell).getFirst().access().orElseThrow();

    assertThat(access.type()).isEqualTo("trust");
    assertThat(access.isByAddress()).isFalse();
    assertThat(access.rules()).isEmpty();
    assertThat(access.allClients()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void inAContainerItIsKnownByItsPublishedPort(List<String> shell) throws Exception {
    CommandResult answer = running().answerInContainer("", shell);

    assertThat(
            PgBouncer.PROBE
                .read(answer)
                .collected()
                .orElseThrow(() -> new AssertionError(answer.output()))
                .value())
        .singleElement()
        .satisfies(pooler -> {
          assertThat(pooler.port()).isEqualTo(6543);
          assertThat(pooler.databases()).extracting(PgBouncer.Database::name).contains("shop");
          assertThat(pooler.mostClients()).contains(42);
          assertThat(pooler.console("reload"))
              .isEqualTo(
                  "podman exec -i -u postgres shop.pool psql -X -p %d -U pgbouncer -d pgbouncer -c 'reload'"
                      .formatted(running().port()));
        });
  }

  @Test
  void whatIsInTheWayToAContainerIsSaid() throws Exception {
    assertThat(
            PgBouncer.PROBE.read(
                running()
                    .answerInContainer(
                        "case $1 in exec) echo no psql; exit 1 ;; esac", List.of("sh"))))
        .isEqualTo(
            new Evidence.Uncollected<>(
                "PgBouncer in podman's container shop.pool did not answer (no psql)"));
  }

  @Test
  void whereNoneRunsThereIsNone() throws Exception {
    assertThat(PgBouncer.PROBE.read(running().answer(PgBouncer.PROBE, List.of("sh"), NONE)))
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
    return running().poolers(shell);
  }

  private static Thread asking(String sql) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            CommandResult result = running().ask(running().directory().toString(), "postgres", sql);
            assertThat(result.exitStatus()).as(result.output()).isZero();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static TemporaryPgBouncer running() {
    return Objects.requireNonNull(pooler);
  }
}

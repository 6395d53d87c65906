package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.budget.ClientGap;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.evidence.PostgresHealth.Age;
import dev.earshot.evidence.PostgresHealth.Counters;
import dev.earshot.evidence.PostgresHealth.Indexes;
import dev.earshot.evidence.PostgresSettings.RoleSetting;
import dev.earshot.evidence.Sampled.Sample;
import dev.earshot.fixture.FleetFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The PostgreSQL probes against a real server, one with names chosen by somebody who means harm.
class PsqlTest {

  private static final String HOSTILE = "x' host=evil port=1 \\' user=z";
  private static @Nullable TemporaryPostgres server;

  @BeforeAll
  static void start() throws Exception {
    TemporaryPostgres started = TemporaryPostgres.start();
    server = started;
    started.sql(
        "postgres",
        "CREATE ROLE stranger LOGIN",
        "CREATE ROLE lemmy LOGIN",
        "CREATE ROLE writers",
        "CREATE ROLE readers",
        "GRANT readers TO writers",
        "GRANT writers TO lemmy",
        "CREATE DATABASE \" a  b \"",
        "CREATE DATABASE \"host=/nowhere user=evil\"",
        "CREATE DATABASE \"new\nline\"",
        "CREATE DATABASE \"%s\"".formatted(HOSTILE),
        "ALTER ROLE lemmy SET synchronous_commit = 'OFF'",
        "ALTER ROLE lemmy IN DATABASE \" a  b \" SET synchronous_commit = local",
        "ALTER DATABASE \"%s\" SET search_path = evil, pg_catalog".formatted(HOSTILE),
        "ALTER DATABASE \" a  b \" SET application_name = E'a\n=== 1\n@settings\n\"b\"'",
        "ALTER ROLE postgres SET work_mem = '123MB'",
        "ALTER ROLE ALL SET lock_timeout = '7s'",
        "ALTER ROLE ALL SET app.dsn = 'hunter2'",
        "ALTER ROLE ALL SET auto_explain.log_min_duration = '3s'");
    started.sql(
        HOSTILE,
        "CREATE SCHEMA \"odd \"\" schema\"",
        "CREATE EXTENSION pg_stat_statements SCHEMA \"odd \"\" schema\"",
        "CREATE SCHEMA evil",
        "CREATE FUNCTION evil.pwn(text, text) RETURNS text LANGUAGE sql AS $$ SELECT 'evil'::text $$",
        "CREATE AGGREGATE evil.min(text) (sfunc = evil.pwn, stype = text, initcond = '')",
        "CREATE TABLE public.t (a int)",
        "INSERT INTO public.t VALUES (1)",
        "INSERT INTO public.t VALUES (2)");
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  static Stream<List<String>> shells() {
    return ShellRun.shells().stream();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void findsTheStatementsInADatabaseWhateverItsNameAndSearchPath(List<String> shell)
      throws Exception {
    PostgresActivity activity = activity("postgres", shell);

    assertThat(activity.databases())
        .extracting(PostgresActivity.DatabaseCounters::name)
        .contains(HOSTILE, " a  b ", "host=/nowhere user=evil", "new\nline");
    assertThat(activity.statements())
        .hasValueSatisfying(statements -> {
          assertThat(statements.calls()).isGreaterThan(10);
          assertThat(statements.execution()).isPositive();
          assertThat(statements.writingCalls())
              .hasValueSatisfying(count -> assertThat(count).isPositive());
        });
  }

  /// Otherwise the audit would find itself at work.
  @Test
  void leavesItsOwnStatementsOutOfTheCount() throws Exception {
    PostgresActivity.Statements before =
        activity("postgres", List.of("sh")).statements().orElseThrow();
    PostgresActivity.Statements after =
        activity("postgres", List.of("sh")).statements().orElseThrow();

    assertThat(after.calls()).isEqualTo(before.calls());
    assertThat(after.at().orElseThrow()).isGreaterThan(before.at().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("shells")
  void readsSettingsAndOverrides(List<String> shell) throws Exception {
    List<PostgresSettings> all =
        server()
            .ask(PostgresSettings.PROBE, "postgres", shell.toArray(String[]::new))
            .collected()
            .orElseThrow();

    assertThat(all).hasSize(1);
    PostgresSettings settings = all.getFirst();
    assertThat(settings.value("max_connections")).isEqualTo("100");
    assertThat(settings.device()).isPresent();
    assertThat(settings.overrides())
        .contains(
            new RoleSetting("", "lemmy", "synchronous_commit", "OFF"),
            new RoleSetting(" a  b ", "lemmy", "synchronous_commit", "local"),
            new RoleSetting(" a  b ", "", "application_name", "a\n=== 1\n@settings\n\"b\""),
            new RoleSetting("", "", "lock_timeout", "7s"),
            new RoleSetting("", "", "app.dsn", PostgresSettings.WITHHELD),
            new RoleSetting("", "", "auto_explain.log_min_duration", "3s"));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void tellsHowItIsWhateverItsDatabasesAreCalled(List<String> shell) throws Exception {
    PostgresHealth health =
        server()
            .ask(PostgresHealth.PROBE, "postgres", shell.toArray(String[]::new))
            .collected()
            .orElseThrow()
            .getFirst();

    assertThat(health.inRecovery()).isFalse();
    assertThat(health.ages().orElseThrow()).extracting(Age::database).contains(HOSTILE);
    assertThat(health.counters().orElseThrow())
        .extracting(Counters::database)
        .contains(HOSTILE, "new\nline", "");
    assertThat(health.mistakes()).contains(List.of());
    assertThat(health.indexes().orElseThrow())
        .hasSize(4)
        .extracting(Indexes::database)
        .contains(HOSTILE);
  }

  /// What is kept from a stranger is not there, and the rest is.
  @Test
  void tellsAStrangerWhatItMay() throws Exception {
    PostgresHealth health =
        server().ask(PostgresHealth.PROBE, "stranger", "sh").collected().orElseThrow().getFirst();

    assertThat(health.transactions()).isEmpty();
    assertThat(health.mistakes()).isEmpty();
    assertThat(health.checkpoints()).isPresent();
    assertThat(health.slots()).contains(List.of());
  }

  @ParameterizedTest
  @MethodSource("shells")
  void readsWhomItLetsIn(List<String> shell) throws Exception {
    List<PostgresHba> all =
        server()
            .ask(PostgresHba.PROBE, "postgres", shell.toArray(String[]::new))
            .collected()
            .orElseThrow();

    assertThat(all).hasSize(1);
    PostgresHba hba = all.getFirst();
    assertThat(hba.rules())
        .filteredOn(rule -> rule.type().equals("host"))
        .first()
        .satisfies(rule -> {
          assertThat(rule.line()).isPositive();
          assertThat(rule.databases()).containsExactly("all");
          assertThat(rule.users()).containsExactly("all");
          assertThat(rule.address()).isEqualTo("127.0.0.1");
          assertThat(rule.netmask()).isEqualTo("255.255.255.255");
          assertThat(rule.method()).isEqualTo("trust");
        });
    assertThat(hba.rules()).filteredOn(rule -> rule.databases().contains("replication")).hasSize(3);
    assertThat(hba.unread()).isEmpty();
    assertThat(hba.memberships().get("lemmy")).contains("readers");
    assertThat(hba.memberships()).doesNotContainKey("stranger");
  }

  /// Anybody may make a socket in `/tmp`.
  @ParameterizedTest
  @MethodSource("shells")
  void aStrangersSocketIsLeftOutAndNothingElse(List<String> shell) throws Exception {
    assumeTrue(server().isRoot(), "only root can make somebody else's socket");
    server().joinedBy(1111, "nobody");
    try {
      CommandResult answer =
          server().answer(PostgresHealth.PROBE, "postgres", shell.toArray(String[]::new));

      assertThat(answer.output()).contains("left out: the socket", ".s.PGSQL.1111 is not");
      assertThat(PostgresHealth.PROBE.read(answer).collected().orElseThrow())
          .extracting(PostgresHealth::port)
          .containsExactly(TemporaryPostgres.PORT);
    } finally {
      server().leftBy(1111);
    }
  }

  /// A server that crashed leaves its socket behind.
  @Test
  void aDeadSocketHidesNoServer() throws Exception {
    assumeTrue(server().isRoot(), "only root can make somebody else's socket");
    server().joinedBy(1111, "postgres");
    try {
      assertThat(server().ask(PostgresSettings.PROBE, "postgres", "sh").collected().orElseThrow())
          .extracting(PostgresSettings::port)
          .containsExactly(TemporaryPostgres.PORT);
    } finally {
      server().leftBy(1111);
    }
  }

  @Test
  void rulesAreForSuperusers() throws Exception {
    assertThat(server().ask(PostgresHba.PROBE, "stranger", "sh"))
        .isInstanceOfSatisfying(
            Evidence.Uncollected.class,
            refused -> assertThat(refused.reason()).contains("to superusers only"));
  }

  @Test
  void leavesOutWhatHoldsForItsOwnSessionAlone() throws Exception {
    PostgresSettings settings =
        server().ask(PostgresSettings.PROBE, "postgres", "sh").collected().orElseThrow().getFirst();

    assertThat(settings.setting("work_mem")).isEmpty();
    assertThat(settings.setting("search_path")).isEmpty();
    assertThat(settings.setting("default_transaction_read_only")).isEmpty();
    assertThat(settings.setting("synchronous_commit")).isPresent();
  }

  /// A client that thinks for 20 ms after five of each seven statements, which makes six gaps; the
  /// server has some transactions of its own.
  @Test
  void measuresHowLongTransactionsWaitForTheirClients() throws Exception {
    List<String> statements = new ArrayList<>();
    for (int transaction = 0; transaction < 15; transaction++) {
      statements.add("BEGIN");
      for (int number = 0; number < 5; number++) {
        statements.addAll(List.of("SELECT 1", "\\! sleep 0.02"));
      }
      statements.add("COMMIT");
    }
    Probe<?> probe = PostgresActivity.PROBE;
    FleetFixture fleet = new FleetFixture();
    var host =
        fleet.host("db1", "10.0.0.21").answers(probe, server().answer(probe, "postgres", "sh"));
    server().sql("postgres", statements.toArray(String[]::new));
    host.answersAtEnd(probe, server().answer(probe, "postgres", "sh").output());

    ClientGap gap =
        ClientGap.of(
                fleet.evidence().hosts().getFirst(), PostgresServer.onHost(TemporaryPostgres.PORT))
            .collected()
            .orElseThrow();
    assertThat(gap.gaps()).isBetween(60L, 100L);
    assertThat(gap.gap()).isBetween(Duration.ofMillis(15), Duration.ofMillis(40));
    assertThat(gap.execution()).isLessThan(Duration.ofMillis(5));
  }

  /// Without pg_monitor a role sees that others' sessions are there, but not what they are.
  @Test
  void countsTheSessionsOfOthersForAStrangerToo() throws Exception {
    Thread sleeper =
        Thread.ofVirtual()
            .start(() -> {
              try {
                server().sql("postgres", "SELECT pg_sleep(4)");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    try {
      for (int tries = 0; seen("postgres") == 0 && tries < 20; tries++) {
        Thread.sleep(50);
      }
      assertThat(seen("postgres")).isEqualTo(1);
      assertThat(seen("stranger")).isEqualTo(1);
    } finally {
      sleeper.join();
    }
  }

  private static int seen(String role) throws Exception {
    return activity(role, List.of("sh")).sessions().stream()
        .filter(sessions -> sessions.role().equals("postgres"))
        .mapToInt(Sessions::count)
        .sum();
  }

  private static PostgresActivity activity(String role, List<String> shell) throws Exception {
    Sample<List<PostgresActivity>> sample =
        server()
            .ask(PostgresActivity.PROBE, role, shell.toArray(String[]::new))
            .collected()
            .orElseThrow();
    return sample.value().getFirst();
  }

  private static TemporaryPostgres server() {
    return java.util.Objects.requireNonNull(server);
  }
}

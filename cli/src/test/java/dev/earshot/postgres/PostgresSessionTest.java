package dev.earshot.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.CustomQuery;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.Setting;
import dev.earshot.evidence.Probes;
import dev.earshot.evidence.SqlProgram;
import dev.earshot.evidence.TemporaryPostgres;
import dev.earshot.ssh.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The driver against a real server, beside what psql prints of the same server.
class PostgresSessionTest {

  private static final String PASSWORD = "sword'fish 1";

  /// The driver sets some of these for its session, so that what others get is not known; Unix
  /// sockets have none of the others.
  private static final Set<String> OF_SESSION =
      Set.of(
          "DateStyle",
          "TimeZone",
          "extra_float_digits",
          "client_encoding",
          "pg_stat_statements.track",
          "tcp_keepalives_count",
          "tcp_keepalives_idle",
          "tcp_keepalives_interval",
          "tcp_user_timeout");

  private static TemporaryPostgres server;

  @BeforeAll
  static void start() throws Exception {
    server = TemporaryPostgres.startListening("");
    server.sql(
        "postgres",
        "CREATE ROLE auditor LOGIN SUPERUSER PASSWORD '%s'".formatted(PASSWORD.replace("'", "''")),
        "CREATE ROLE plain LOGIN PASSWORD 'plain-password'",
        "CREATE ROLE nobody LOGIN PASSWORD 'x'",
        "CREATE ROLE \"odd \"\"role\" LOGIN",
        "ALTER ROLE plain SET synchronous_commit = off",
        "ALTER ROLE plain SET search_path = 'a,b', c",
        "CREATE EXTENSION pg_stat_statements");
    server.sql("postgres", "CREATE DATABASE \"o'd\\d\"");
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  static List<SqlProgram> programs() {
    return Probes.OF_POSTGRES;
  }

  static List<SqlProgram> allPrograms() {
    return Stream.of(programs(), Probes.ofPostgresAfterWindow(Depth.DEEP))
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("allPrograms")
  void printsTheSameTablesAsPsql(SqlProgram program) throws Exception {
    CommandResult ours = session("auditor", PASSWORD).ask(program);
    CommandResult psql = server.answer(program.probe(), "auditor", "sh");

    assertThat(ours.exitStatus()).as(ours.output()).isEqualTo(psql.exitStatus());
    assertThat(headers(ours.output())).isEqualTo(headers(psql.output()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1 as n, 'a,\"b' || chr(10) || '@end' as text, null as nothing, true as truth",
        "select 1 where false",
        "with t as (values (1), (2)) select * from t order by 1 desc",
        "select * from public.no_such_table",
        "select 1 / 0 as n",
        "select generate_series(1, 2000) as n",
        "select nextval('public.counter')",
        "with gone as (delete from public.kept returning *) select * from gone",
        "select 1) a; delete from public.kept; select * from (select 1"
      })
  void aQueryOfAnAdminIsAnsweredAsByPsql(String sql) throws Exception {
    server.sql(
        "postgres",
        "create table if not exists public.kept as select 1 as n",
        "create sequence if not exists public.counter");
    CustomQuery query = CustomQuery.of("custom.mine", "purpose", Optional.empty(), sql);
    CommandResult ours = session("auditor", PASSWORD).ask(query);
    CommandResult psql = server.answer(query.probe(), "auditor", "sh");

    List<CustomQuery.Rows> told = query.probe().read(ours).collected().orElseThrow();
    List<CustomQuery.Rows> expected = query.probe().read(psql).collected().orElseThrow();
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().rows()).isEqualTo(expected.getFirst().rows());
    assertThat(told.getFirst().refusal().isPresent())
        .as("%s\n%s", ours.output(), psql.output())
        .isEqualTo(expected.getFirst().refusal().isPresent());
    assertThat(server.sql("postgres", "select count(*) from public.kept").strip()).isEqualTo("1");
  }

  @Test
  void aQueryOfAnAdminGoesToTheDatabaseThatItNames() throws Exception {
    CustomQuery query =
        CustomQuery.of(
            "custom.mine", "p", Optional.of("o'd\\d"), "select current_database() as name");
    for (CommandResult result :
        List.of(
            session("auditor", PASSWORD).ask(query),
            server.answer(query.probe(), "auditor", "sh"))) {
      assertThat(query.probe().read(result).collected().orElseThrow().getFirst().rows())
          .containsExactly("{\"name\":\"o'd\\\\d\"}");
    }
    CustomQuery nowhere =
        CustomQuery.of("custom.mine", "p", Optional.of("nowhere"), "select 1 as n");
    assertThat(nowhere.probe().read(session("auditor", PASSWORD).ask(nowhere)))
        .isInstanceOf(Evidence.Uncollected.class);
    assertThat(
            nowhere
                .probe()
                .read(server.answer(nowhere.probe(), "auditor", "sh"))
                .collected()
                .orElseThrow()
                .getFirst()
                .refusal()
                .orElseThrow())
        .contains("nowhere");
  }

  @Test
  void rulesAreTheSameToTheLetter() throws Exception {
    SqlProgram hba = programs().getLast();
    assertThat(session("auditor", PASSWORD).ask(hba).output())
        .isEqualTo(server.answer(hba.probe(), "auditor", "sh").output());
  }

  @Test
  void settingsAreTheSame() throws Exception {
    PostgresSettings ours =
        PostgresSettings.PROBE
            .read(session("auditor", PASSWORD).ask(programs().get(2)))
            .collected()
            .orElseThrow()
            .getFirst();
    PostgresSettings psql =
        PostgresSettings.PROBE
            .read(server.answer(PostgresSettings.PROBE, "auditor", "sh"))
            .collected()
            .orElseThrow()
            .getFirst();
    var expected = new TreeMap<>(psql.settings());
    expected.keySet().removeAll(OF_SESSION);
    var found = new TreeMap<>(ours.settings());
    found.keySet().removeAll(OF_SESSION);
    assertThat(found).hasSizeGreaterThan(300);
    assertThat(different(found, expected)).isEmpty();
    assertThat(different(expected, found)).isEmpty();
    assertThat(ours.overrides()).isEqualTo(psql.overrides()).hasSize(2);
  }

  @Test
  void withoutPgMonitorStatesStayHidden() throws Exception {
    Evidence<PostgresActivity> activity =
        PostgresActivity.PROBE
            .read(session("plain", "plain-password").ask(programs().getFirst()))
            .map(sample -> sample.value().getFirst());
    assertThat(activity.collected().orElseThrow().databases()).isNotEmpty();
    CommandResult rules = session("plain", "plain-password").ask(programs().getLast());
    assertThat(programs().getLast().probe().read(rules).toString()).contains("superusers only");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          auditor | wr0ng-secret | postgres | prefer      | 127.0.0.1:54329 refused the password of user auditor: see earshot_postgres.password
          auditor |              | postgres | prefer      | 127.0.0.1:54329 wants a password of user auditor: give earshot_postgres.password
          nobody  | x            | postgres | prefer      | 127.0.0.1:54329 lets user nobody not in from here
          auditor | right        | none     | prefer      | 127.0.0.1:54329 has no database none: see earshot_postgres.database
          auditor | right        | postgres | verify-full | 127.0.0.1:54329 speaks no TLS, and sslmode verify-full wants it
          """)
  void saysWhyItWasNotLetIn(
      String user, String password, String database, String mode, String sentence) {
    String secret = password == null ? "" : password.equals("right") ? PASSWORD : password;
    PostgresServer to =
        new PostgresServer(
            "127.0.0.1",
            TemporaryPostgres.PORT,
            database,
            user,
            new Secret(secret),
            SslMode.of(mode).orElseThrow(),
            PostgresServer.SYSTEM);
    assertThatThrownBy(() -> session(to).addresses())
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining(sentence)
        .message()
        .doesNotContain("wr0ng-secret")
        .doesNotContain(PASSWORD);
  }

  @Test
  void serversThatAreNotThereOrNeverAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      long began = System.nanoTime();
      assertThatThrownBy(() -> session(at(silent.getLocalPort())).addresses())
          .hasMessageContaining("did not answer within 2 s");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
    }
    assertThatThrownBy(() -> session(at(1)).addresses())
        .hasMessageContaining("127.0.0.1:1 refused the connection: does PostgreSQL listen there");
  }

  /// Whoever listens where a server is expected: no TLS, then the password, please.
  @ParameterizedTest
  @CsvSource({"3, ''", "5, salt"})
  void thePasswordIsNotGivenToWhoeverAsks(int method, String salt) throws Exception {
    try (Stranger stranger = new Stranger(method, salt)) {
      assertThatThrownBy(() -> session(at(stranger.port())).addresses())
          .hasMessageContaining("would give it away to whoever answers there");

      assertThat(stranger.heard())
          .contains("auditor")
          .doesNotContain("md5")
          .doesNotContain(PASSWORD);
    }
  }

  @Test
  void aDatabaseMayHaveANameOfAnyLength() throws Exception {
    String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(TemporaryPostgres.PORT);
    List<String> asked = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url, "auditor", PASSWORD)) {
      new PsqlScript(
              connection,
              database -> {
                asked.add(database);
                throw new SQLException("there is none");
              },
              new CsvOutput())
          .run(
              """
              select ' dbname=''' || repeat('x', 200000) || '''' as database1 \\gset
              \\connect :database1
              """);
    }
    assertThat(asked).containsExactly("x".repeat(200_000));
  }

  @Test
  void sessionsCanWriteNothing() throws Exception {
    SqlProgram program =
        new SqlProgram(
            PostgresSettings.PROBE,
            """
            create table public.written (i int);
            \\echo @shown
            select application_name as name, current_setting('transaction_read_only') as ro, current_setting('statement_timeout') as st, current_setting('lock_timeout') as lt from pg_stat_activity where pid = pg_backend_pid();
            """,
            "",
            "",
            "");
    assertThat(session("auditor", PASSWORD).ask(program).output())
        .isEqualTo(
            "=== %d\n@shown\nname,ro,st,lt\nearshot,on,5s,50ms\n"
                .formatted(TemporaryPostgres.PORT));
  }

  @Test
  void whatTooMuchIsPrintedEnds() {
    SqlProgram program =
        new SqlProgram(
            PostgresSettings.PROBE,
            "select i, repeat('x', 1000000) as x from generate_series(1, 50) i;",
            "",
            "",
            "");
    CommandResult result = session("auditor", PASSWORD).ask(program);
    assertThat(result.output().length()).isLessThan(CommandResult.LIMIT);
  }

  private static List<Setting> different(Map<String, Setting> some, Map<String, Setting> others) {
    return some.values().stream().filter(one -> !others.containsValue(one)).toList();
  }

  private static Map<String, Object> headers(String output) {
    Map<String, Object> headers = new TreeMap<>();
    List<String> lines = output.lines().toList();
    for (int i = 0; i < lines.size() - 1; i++) {
      if (lines.get(i).startsWith("@") && !lines.get(i).equals("@device")) {
        headers.put(lines.get(i), lines.get(i + 1));
      }
    }
    return headers;
  }

  private static PostgresServer at(int port) {
    return new PostgresServer(
        "127.0.0.1",
        port,
        "postgres",
        "auditor",
        new Secret(PASSWORD),
        SslMode.PREFER,
        PostgresServer.SYSTEM);
  }

  private static PostgresSession session(PostgresServer to) {
    return new PostgresSession(to, Opener::direct, Duration.ofSeconds(2));
  }

  private static PostgresSession session(String user, String password) {
    return session(
        new PostgresServer(
            "127.0.0.1",
            TemporaryPostgres.PORT,
            "postgres",
            user,
            new Secret(password),
            SslMode.PREFER,
            PostgresServer.SYSTEM));
  }
}

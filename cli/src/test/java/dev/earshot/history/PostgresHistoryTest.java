package dev.earshot.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.evidence.TemporaryPostgres;
import dev.earshot.postgres.Stranger;
import dev.earshot.python.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The store of a team, in a real server.
class PostgresHistoryTest extends HistoryContract {

  private static final String PASSWORD = "sword'fish 1";

  private static TemporaryPostgres server;
  private static int databases;

  @BeforeAll
  static void start() throws Exception {
    server = TemporaryPostgres.startListening("");
    server.sql(
        "postgres",
        "CREATE ROLE team LOGIN PASSWORD '%s'".formatted(PASSWORD.replace("'", "''")),
        "CREATE ROLE colleague LOGIN PASSWORD '%s'".formatted(PASSWORD.replace("'", "''")),
        "CREATE ROLE stranger");
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  @BeforeEach
  void createDatabase() throws Exception {
    databases++;
    server.sql("postgres", "CREATE DATABASE history%d OWNER team".formatted(databases));
  }

  @Override
  HistoryLocation location() {
    return at(written(), environment());
  }

  @Override
  String written() {
    return "postgresql://team@127.0.0.1:%d/history%d".formatted(TemporaryPostgres.PORT, databases);
  }

  @Override
  Map<String, String> environment() {
    return Map.of("PGPASSWORD", PASSWORD);
  }

  @Test
  void othersTablesMayBeThere() throws SQLException {
    execute("CREATE TABLE public.somebody_elses (a INTEGER)");
    try (History history = History.open(location())) {
      assertThat(history.keep(Incident.run())).isPositive();
    }
  }

  /// Where everybody may create, a stranger's tables could have triggers.
  @ParameterizedTest
  @ValueSource(strings = {"earshot_schema_history", "earshot_run", "earshot_notes"})
  void aStrangersTablesAreNotTrusted(String table) throws Exception {
    String database = "history" + databases;
    server.sql(database, "GRANT CREATE ON SCHEMA public TO stranger");
    server.sql(
        database,
        "SET ROLE stranger",
        "CREATE TABLE public.%s (installed_rank int, version text, success boolean)"
            .formatted(table),
        "INSERT INTO public.%s VALUES (1, '%d', true)".formatted(table, Schema.VERSION),
        "GRANT ALL ON public.%s TO team".formatted(table));

    assertThatThrownBy(() -> History.open(location()))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining(table + " belongs to stranger")
        .hasMessageContaining("--history");
  }

  /// One that fits the types of a statement better than PostgreSQL's own would be called.
  @Test
  void aStrangersOperatorsAreNotTrusted() throws Exception {
    String database = "history" + databases;
    server.sql(database, "GRANT CREATE ON SCHEMA public TO stranger");
    server.sql(
        database,
        "SET ROLE stranger",
        "CREATE FUNCTION public.same(text, varchar) RETURNS boolean LANGUAGE sql AS 'select true'",
        "CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = varchar, FUNCTION = public.same)");

    assertThatThrownBy(() -> History.open(location()))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("the operator = belongs to stranger");
  }

  @Test
  void tablesOfAGroupOrOfTheDatabasesOwnerAreOurs() throws Exception {
    String database = "history" + databases;
    String url =
        "postgresql://colleague@127.0.0.1:%d/%s".formatted(TemporaryPostgres.PORT, database);
    History.open(location()).close();
    server.sql(
        database,
        "GRANT ALL ON earshot_run, earshot_link, earshot_path, earshot_schema_history TO"
            + " colleague");
    try (History history = History.open(at(url, environment()))) {
      assertThat(history.keep(Incident.run())).isPositive();
    }
    server.sql("postgres", "ALTER DATABASE %s OWNER TO postgres".formatted(database));
    assertThatThrownBy(() -> History.open(at(url, environment())))
        .hasMessageContaining("belongs to team");
    server.sql("postgres", "GRANT team TO colleague");
    try (History history = History.open(at(url, environment()))) {
      assertThat(history.runs(5)).hasSize(1);
    } finally {
      server.sql("postgres", "REVOKE team FROM colleague");
    }
  }

  @Test
  void nothingIsFoundBesideTheHistory() throws Exception {
    String database = "history" + databases;
    History.open(location()).close();
    server.sql(
        database,
        "CREATE SCHEMA aside AUTHORIZATION stranger",
        "GRANT USAGE ON SCHEMA aside TO team",
        "ALTER ROLE team IN DATABASE %s SET search_path = public, aside, pg_catalog"
            .formatted(database));
    DataSource source = location().source();
    try (Connection connection = source.getConnection()) {
      new Schema(location(), source).prepare(connection);
      try (Statement statement = connection.createStatement();
          ResultSet path = statement.executeQuery("SHOW search_path")) {
        assertThat(path.next()).isTrue();
        assertThat(path.getString(1)).isEqualTo("public");
      }
    }
  }

  @Test
  void aPasswordFileIsReadToo() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("pgpass"),
            "127.0.0.1:%d:*:team:%s\n".formatted(TemporaryPostgres.PORT, PASSWORD));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    System.setProperty("org.postgresql.pgpassfile", file.toString());
    try (History history = History.open(at(written(), Map.of()))) {
      assertThat(history.runs(1)).isEmpty();
    } finally {
      System.clearProperty("org.postgresql.pgpassfile");
    }
  }

  @Test
  void whoIsNotLetInIsToldWithoutThePassword() {
    assertThatThrownBy(() -> History.open(at(written(), Map.of("PGPASSWORD", "wr0ng-secret"))))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("does not let us in")
        .hasMessageContaining("PGPASSWORD")
        .message()
        .doesNotContain("wr0ng-secret");
    assertThatThrownBy(() -> History.open(at(written() + "0", environment())))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("is not there")
        .hasMessageContaining("createdb");
    assertThatThrownBy(() -> History.open(at("postgresql://team@127.0.0.1:1/x", Map.of())))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("can't be reached");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://me@db.example.org/audits           | postgresql://me@db.example.org:5433/audits
          postgres://db.example.org:6000                  | postgresql://env@db.example.org:6000/kept
          postgresql:///                                  | postgresql://env@pg.example.org:5433/kept
          postgresql://me@[2001:db8::1]/a?sslmode=require | postgresql://me@[2001:db8::1]:5433/a
          """)
  void whatTheUrlLeavesOutTheEnvironmentSays(String url, String label) {
    Map<String, String> environment =
        Map.of("PGUSER", "env", "PGHOST", "pg.example.org", "PGPORT", "5433", "PGDATABASE", "kept");
    assertThat(at(url, environment).label()).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://me:s3cret@db/audits         | must hold no password
          postgresql://me@db/audits?password=s3cret | must hold no password
          postgresql://me@db/audits?sslmode=none   | there is no sslmode
          postgresql://me@db/audits?sslmode=s3cret | there is no sslmode
          postgresql://me:pa/s3cret@db/audits      | can't be read as
          postgresql://d b/x?password=s3cret       | can't be read as
          postgresql://me:s3cret                   | can't be read as
          postgresql://me@db/x?s3cret              | it may have sslmode
          postgresql://me@db/x?sslmode=%s3cret     | can't be read as
          mysql://me:pa/s3cret@db/audits           | is a file, or postgresql://
          postgresql://me@db/audits?options=x      | it may have sslmode
          postgresql://me@db:port/audits           | can't be read as
          mysql://me:s3cret@db/audits              | is a file, or postgresql://
          """)
  void aUrlThatIsWrongIsToldWithoutItsPassword(String url, String sentence) {
    assertThatThrownBy(() -> at(url, Map.of()))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining(sentence)
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void whatLeavesTheMachineIsProtected() {
    assertThat(mode("postgresql://me@127.0.0.1/x")).isEqualTo("prefer");
    assertThat(mode("postgresql://me@db.example.org/x")).isEqualTo("verify-full");
    assertThat(mode("postgresql://me@db.example.org/x?sslmode=require")).isEqualTo("require");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://me@db.example.org/x?sslmode=prefer |
          postgresql://me@db.example.org/x?sslmode=allow  |
          postgresql://me@db.example.org/x                | prefer
          postgresql://me@db.example.org/x                | allow
          """)
  void whatMayFallBackToClearIsRefused(String url, String environment) {
    Map<String, String> set = environment == null ? Map.of() : Map.of("PGSSLMODE", environment);
    assertThatThrownBy(() -> at(url, set))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("may go on in clear: say verify-full");
  }

  @Test
  void onTheLoopbackItMay() {
    assertThat(mode("postgresql://me@127.0.0.1/x?sslmode=allow")).isEqualTo("allow");
    assertThat(mode("postgresql://me@db.example.org/x?sslmode=disable")).isEqualTo("disable");
  }

  /// Whoever listens where a team's server is expected: no TLS, then the password, please.
  @ParameterizedTest
  @CsvSource({"3, ''", "5, salt"})
  void thePasswordIsNotGivenToWhoeverAsks(int method, String salt) throws Exception {
    try (Stranger stranger = new Stranger(method, salt)) {
      String url = "postgresql://team@127.0.0.1:%d/x".formatted(stranger.port());

      assertThatThrownBy(() -> History.open(at(url, environment())))
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining("would give it away to whoever answers there");

      assertThat(stranger.heard()).contains("team").doesNotContain("md5").doesNotContain(PASSWORD);
    }
  }

  private static String mode(String url) {
    return ((PostgresDatabase) at(url, Map.of())).server().sslMode().label();
  }

  private static HistoryLocation at(String url, Map<String, String> environment) {
    return HistoryLocation.of(url, new Surroundings(environment, Path.of(""), Path.of("/")));
  }
}

package dev.earshot.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.evidence.TemporaryPostgres;
import dev.earshot.postgres.Stranger;
import dev.earshot.python.Surroundings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The store of a team, in a real server.
class PostgresHistoryTest extends HistoryContract {

  private static final String PASSWORD = "sword'fish 1";

  private static TemporaryPostgres server;
  private static int databases;

  @BeforeAll
  static void start() throws Exception {
    server = TemporaryPostgres.startListening("");
    server.sql(
        "postgres", "CREATE ROLE team LOGIN PASSWORD '%s'".formatted(PASSWORD.replace("'", "''")));
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

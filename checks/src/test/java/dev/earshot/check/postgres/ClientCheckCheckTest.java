package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientCheckCheckTest {

  private static final Check CHECK = new ClientCheckCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  ClientCheckCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({"0, '', fail info", "10000, '', pass", "10000, 0, fail info", "0, 5s, pass"})
  void asItIsForTheRole(String value, String ofRole, String verdict) {
    server.set("client_connection_check_interval", value).sessions("10.0.0.31", "app", "app", 3);
    if (!ofRole.isEmpty()) {
      server.override("app", "", "client_connection_check_interval", ofRole);
    }

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  /// What is set for the server does not reach a role with a value of its own, nor what is set for
  /// a role its sessions in a database where it has another.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          0     | -   | -   | postgresql_set
          10000 | app | ''  | ALTER ROLE \\"app\\" SET client_connection_check_interval
          10000 | ''  | app | ALTER ROLE \\"app\\" SET client_connection_check_interval
          10000 | ''  | ''  | ALTER ROLE \\"app\\" SET client_connection_check_interval
          10000 | app | app | ALTER ROLE \\"app\\" IN DATABASE \\"app\\" SET client_connection_check_interval
          """)
  void itIsMendedWhereItIsSet(
      String value, @Nullable String role, @Nullable String database, String statement) {
    server.set("client_connection_check_interval", value).sessions("10.0.0.31", "app", "app", 3);
    if (role != null && database != null) {
      server.override(role, database, "client_connection_check_interval", "0");
    }

    assertThat(playbook()).contains(statement);
  }

  @Test
  void eachDatabaseOfARoleIsMended() {
    server
        .set("client_connection_check_interval", "0")
        .sessions("10.0.0.31", "app", "a", 1)
        .sessions("10.0.0.31", "app", "b", 1)
        .sessions("10.0.0.31", "app", "c", 1)
        .override("app", "a", "client_connection_check_interval", "0")
        .override("app", "", "client_connection_check_interval", "0");

    assertThat(playbook().lines().filter(line -> line.contains("ALTER")))
        .satisfiesExactly(
            in -> assertThat(in).contains("IN DATABASE \\\"a\\\" SET"),
            every -> assertThat(every).contains("ALTER ROLE \\\"app\\\" SET"));
    assertThat(playbook()).contains("coalesce(d.datname, '') = 'a'");
  }

  @Test
  void withoutSessionsItIsMendedForEveryRole() {
    server
        .set("client_connection_check_interval", "10000")
        .override("", "", "client_connection_check_interval", "0");

    assertThat(playbook()).contains("ALTER ROLE ALL SET");
  }

  private String playbook() {
    return fleet.judge(CHECK).getFirst().remedy().orElseThrow().playbook();
  }

  @Test
  void olderServersCanNot() {
    server.set("server_version_num", "130020");

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void withoutTheSettingItIsUnknown() {
    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

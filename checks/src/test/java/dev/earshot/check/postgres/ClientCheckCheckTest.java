package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
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

  /// What is set for the server does not reach a role with a value of its own.
  @ParameterizedTest
  @CsvSource({"0, '', postgresql_set", "10000, 0, ALTER ROLE"})
  void itIsMendedWhereItIsSet(String value, String ofRole, String statement) {
    server.set("client_connection_check_interval", value).sessions("10.0.0.31", "app", "app", 3);
    if (!ofRole.isEmpty()) {
      server.override("app", "", "client_connection_check_interval", ofRole);
    }

    assertThat(fleet.judge(CHECK).getFirst().remedy().orElseThrow().playbook())
        .containsIgnoringCase(statement);
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

package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.check.Remedy;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTimeoutsCheckTest {

  private static final Check CHECK = new StatementTimeoutsCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  StatementTimeoutsCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, fail low", "300000, 0, pass", "300000, 30000, fail low"})
  void byTheServersOwn(String idle, String statements, String verdict) {
    server.set("idle_in_transaction_session_timeout", idle).set("statement_timeout", statements);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({"5min, pass", "0, fail low", "0ms, fail low", "60000, pass"})
  void byTheRolesOwn(String value, String verdict) {
    server
        .set("idle_in_transaction_session_timeout", value.startsWith("0") ? "60000" : "0")
        .set("statement_timeout", "0")
        .sessions("10.0.0.31", "lemmy", "lemmy", 5)
        .sessions("", "postgres", "postgres", 1)
        .override("lemmy", "", "idle_in_transaction_session_timeout", value)
        .override("lemmy", "", "statement_timeout", "30s");

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void theRemedyLeavesMigrationsAlone() {
    server
        .set("idle_in_transaction_session_timeout", "0")
        .sessions("10.0.0.31", "lemmy", "lemmy", 5);

    Remedy remedy = fleet.judge(CHECK).getFirst().remedy().orElseThrow();
    assertThat(remedy.summary()).contains("migrations");
    assertThat(remedy.playbook())
        .contains("ALTER ROLE \\\"lemmy\\\" SET idle_in_transaction_session_timeout = '5min'");
  }

  /// What is set for a role does not reach its sessions in a database where it has another.
  @Test
  void theRemedyIsWhereItIsSet() {
    server
        .set("idle_in_transaction_session_timeout", "60000")
        .sessions("10.0.0.31", "lemmy", "lemmy", 5)
        .override("lemmy", "lemmy", "idle_in_transaction_session_timeout", "0");

    assertThat(fleet.judge(CHECK).getFirst().remedy().orElseThrow().playbook())
        .contains("ALTER ROLE \\\"lemmy\\\" IN DATABASE \\\"lemmy\\\" SET");
  }

  @Test
  void withoutTheSettingItIsUnknown() {
    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

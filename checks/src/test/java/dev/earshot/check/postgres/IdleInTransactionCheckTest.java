package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.check.Finding;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdleInTransactionCheckTest {

  private static final Check CHECK = new IdleInTransactionCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  IdleInTransactionCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "idle in transaction, 30, pass",
    "idle in transaction, 60, pass",
    "idle in transaction, 61, fail medium",
    "idle in transaction (aborted), 601, fail high",
    "active, 90000, pass"
  })
  void byHowLongItIsIdle(String state, int seconds, String verdict) {
    server.health().row("transactions", "lemmy", "lemmy", state, 100_000, seconds);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  /// What is set for a role does not reach its sessions in a database where it has another.
  @Test
  void theRemedyIsWhereItIsSet() {
    server
        .override("lemmy", "lemmy", "idle_in_transaction_session_timeout", "0")
        .health()
        .row("transactions", "lemmy", "lemmy", "idle in transaction", 700, 700);

    assertThat(fleet.judge(CHECK).getFirst().remedy().orElseThrow().playbook())
        .contains("ALTER ROLE \\\"lemmy\\\" IN DATABASE \\\"lemmy\\\" SET");
  }

  @Test
  void theRemedyIsForTheRoleAlone() {
    server.health().row("transactions", "le\"mmy", "lemmy", "idle in transaction", 700, 700);

    Finding finding = fleet.judge(CHECK).getFirst();
    assertThat(finding.verdict().because())
        .isEqualTo("db1: idle in a transaction: le\"mmy in lemmy for 11 min; limit 60 s");
    assertThat(finding.remedy().orElseThrow().playbook())
        .contains("ALTER ROLE \\\"le\\\"\\\"mmy\\\" SET idle_in_transaction_session_timeout");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hidesSessions();

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

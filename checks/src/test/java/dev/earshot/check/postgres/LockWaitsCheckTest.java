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

class LockWaitsCheckTest {

  private static final Check CHECK = new LockWaitsCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  LockWaitsCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({"0.2, pass", "30, pass", "31, fail high"})
  void byHowLongItWaits(String seconds, String verdict) {
    server
        .health()
        .row("blocked", "lemmy", "lemmy", "transactionid", seconds, "admin", "idle in transaction");

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void namesWhatStandsInTheWay() {
    server.health().row("blocked", "lemmy", "lemmy", "relation", 90, "admin", "active");
    server.health().row("blocked", "lemmy", "lemmy", "tuple", 95, "", "");

    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .isEqualTo(
            "db1: waiting for locks: lemmy in lemmy for 95 s (tuple), lemmy in lemmy for 90 s (relation, behind admin, which is active); limit 30 s");
  }

  @Test
  void noneIsWell() {
    assertThat(verdicts()).containsExactly("pass db1");
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

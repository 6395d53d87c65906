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

class LongTransactionsCheckTest {

  private static final Check CHECK = new LongTransactionsCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  LongTransactionsCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "active, 3600, pass",
    "active, 3601, fail medium",
    "active, 86401, fail high",
    "fastpath function call, 3601, fail medium",
    "idle in transaction, 86401, pass"
  })
  void byItsAge(String state, int seconds, String verdict) {
    server.health().row("transactions", "lemmy", "lemmy", state, seconds, 1);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void aPreparedTransactionIsOpenToo() {
    server.health().row("prepared", "app", "shop", 400_000);

    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .isEqualTo("db1: open transactions: prepared, app in shop for 4 days; limit 60 min");
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

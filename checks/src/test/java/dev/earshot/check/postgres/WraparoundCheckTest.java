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

class WraparoundCheckTest {

  private static final Check CHECK = new WraparoundCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  WraparoundCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "200000000, 5, pass",
    "1073741824, 5, pass",
    "1080000000, 5, fail medium",
    "1620000000, 5, fail high",
    "2110000000, 5, fail critical",
    "5, 1620000000, fail high"
  })
  void byTheIdsUsed(long transactions, long multixacts, String verdict) {
    server.health().row("ages", "lemmy", transactions, multixacts);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({
    "autovacuum_freeze_max_age, 1073741824, pass",
    "autovacuum_freeze_max_age, 1500000000, fail medium",
    "autovacuum_multixact_freeze_max_age, 1500000000, fail medium"
  })
  void autovacuumBeginsInTime(String setting, String ids, String verdict) {
    server.set(setting, ids);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hides("ages");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

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

class AutovacuumWorkersCheckTest {

  private static final Check CHECK = new AutovacuumWorkersCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  AutovacuumWorkersCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "0, '', pass",
    "2, 9000, pass",
    "3, 600, pass",
    "3, 601, fail medium",
    "4, 9000, fail medium" // the setting was lowered, and not yet read
  })
  void byWhetherOneIsFree(int busy, String youngest, String verdict) {
    server.set("autovacuum_max_workers", "3").health().only("workers", busy, youngest);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({"-1, 300, 600", "500, 200, 1000"})
  void theRemedyDoublesWhatHolds(String own, String general, String proposed) {
    server
        .set("autovacuum_max_workers", "3")
        .set("autovacuum_vacuum_cost_limit", own)
        .set("vacuum_cost_limit", general)
        .health()
        .only("workers", 3, 9000);

    assertThat(fleet.judge(CHECK).getFirst().remedy().orElseThrow().playbook())
        .contains("value: \"" + proposed + "\"");
  }

  @Test
  void aStandbyVacuumsNothing() {
    server.set("autovacuum_max_workers", "3").health().standby(1, "1");

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.set("autovacuum_max_workers", "3").health().hidesSessions();

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

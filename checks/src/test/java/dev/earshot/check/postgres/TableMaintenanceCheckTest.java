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

class TableMaintenanceCheckTest {

  private static final Check CHECK = new TableMaintenanceCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  TableMaintenanceCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "864000, 100000, 40000, 0, t, pass",
    "864000, 100000, 40001, 0, t, fail medium",
    "864000, 0, 9999, 0, t, pass",
    "864000, 100000, 0, 9999, f, pass",
    "864000, 100000, 0, 10000, f, fail low",
    "80000, 100000, 0, 10000, f, pass"
  })
  void deadRowsAndTablesNeverAnalyzed(
      long seconds, long live, long dead, long modified, String analyzed, String verdict) {
    server
        .tables()
        .database("app", seconds, 0, 0)
        .row("stale", "public", "post", live, dead, modified, "t", analyzed);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.tables().hides("stale");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

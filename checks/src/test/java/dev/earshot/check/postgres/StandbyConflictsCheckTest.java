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

class StandbyConflictsCheckTest {

  private static final Check CHECK = new StandbyConflictsCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  StandbyConflictsCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 864000, pass",
    "11, 864000, fail low",
    "240, 864000, fail low",
    "241, 864000, fail medium",
    "2, 60, fail low"
  })
  void byTheDay(int conflicts, int seconds, String verdict) {
    server
        .set("in_hot_standby", "on")
        .health()
        .only("counters", "app", 0, 0, 0, conflicts, 0, 1, 1, 40, 0, 0, 0, seconds);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void aPrimaryHasNone() {
    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().standby(1, "").hides("counters");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

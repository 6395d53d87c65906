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

class DeadlocksCheckTest {

  private static final Check CHECK = new DeadlocksCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  DeadlocksCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 864000, pass",
    "10, 864000, pass",
    "11, 864000, fail low",
    "1, 60, pass", // less than a day counts as one
    "241, 864000, fail medium"
  })
  void byTheDay(int deadlocks, int seconds, String verdict) {
    server
        .health()
        .row("counters", "lemmy", deadlocks, 0, 0, 0, "", 1000, 10, "", "", "", "", seconds);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void withoutATimeThereIsNoRate() {
    server.health().only("counters", "lemmy", 5, 0, 0, 0, "", 1000, 10, "", "", "", "", "");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

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

class TempFilesCheckTest {

  private static final Check CHECK = new TempFilesCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  TempFilesCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 864000, pass",
    "100000000000, 864000, pass", // 10 GB a day
    "200000000000, 864000, fail low",
    "9000000000, 60, pass", // less than a day counts as one
    "20000000000, 60, fail low"
  })
  void byTheDay(long bytes, int seconds, String verdict) {
    counted(server, bytes, seconds);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hides("counters");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private static void counted(PostgresFixture server, long bytes, int seconds) {
    server
        .health()
        .only("counters", "app", 0, 9, bytes, 0, "", 9_990_000, 10_000, 40, 0, 0, 0, seconds);
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

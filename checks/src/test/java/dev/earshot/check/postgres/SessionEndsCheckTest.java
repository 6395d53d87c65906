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

class SessionEndsCheckTest {

  private static final Check CHECK = new SessionEndsCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  SessionEndsCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 30, 20, 400, pass",
    "1000, 31, 20, 0, fail medium",
    "1000, 0, 51, 0, fail medium",
    "99, 50, 0, 0, notApplicable", // too few to tell
    "'', '', '', '', notApplicable" // PostgreSQL 13
  })
  void byTheShareThatBroke(
      String all, String abandoned, String fatal, String killed, String verdict) {
    server
        .health()
        .only("counters", "app", 0, 0, 0, 0, "", 9, 9, all, abandoned, fatal, killed, 864_000);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hides("counters");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

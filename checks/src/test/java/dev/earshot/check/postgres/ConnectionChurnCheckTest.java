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

class ConnectionChurnCheckTest {

  private static final Check CHECK = new ConnectionChurnCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  ConnectionChurnCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "864000, 864000, 5, pass", // one a second
    "8640000, 864000, 5, fail medium", // ten a second, half a second each
    "8640000, 864000, 599, fail medium",
    "8640000, 864000, 600, pass",
    "8640000, 864000, 0, fail medium",
    "36000, 3599, 5, notApplicable",
    "36000, 3600, 5, fail medium"
  })
  void howLongSessionsLast(long begun, long seconds, int open, String verdict) {
    server.health().only("counters", "app", 0, 0, 0, 0, 0, 1, 1, begun, 0, 0, 0, seconds);
    if (open > 0) {
      server.sessions("10.0.0.31", "app", "app", open);
    }

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  /// The busiest has a pool; that of another application is missing.
  @ParameterizedTest
  @CsvSource({
    "4320000, 5, fail medium, '5.0 sessions a second begin in shop, counted over 10 days, and last 1 s on average'",
    "4320000, 400, pass, 10.0 sessions a second begin in app",
    "432000, 0, pass, 10.0 sessions a second begin in app" // few
  })
  void theShortestAmongManyDecide(long begun, int open, String verdict, String told) {
    server
        .health()
        .only("counters", "app", 0, 0, 0, 0, 0, 1, 1, 8_640_000, 0, 0, 0, 864_000)
        .row("counters", "shop", 0, 0, 0, 0, 0, 1, 1, begun, 0, 0, 0, 864_000);
    server.sessions("10.0.0.31", "app", "app", 700);
    if (open > 0) {
      server.sessions("10.0.0.31", "shop", "shop", open);
    }

    assertThat(verdicts()).containsExactly(verdict + " db1");
    assertThat(fleet.judge(CHECK).getFirst().verdict().because()).contains(told);
  }

  @Test
  void before14NobodyCounts() {
    server.health().only("counters", "app", 0, 0, 0, 0, 0, 1, 1, "", "", "", "", 864_000);

    assertThat(verdicts()).containsExactly("notApplicable db1");
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

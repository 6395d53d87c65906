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

class QueryStatisticsCheckTest {

  private static final Check CHECK = new QueryStatisticsCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  QueryStatisticsCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "'pg_stat_statements, auto_explain', true, on, pass",
    "pg_stat_statements, true, off, fail low",
    "pg_stat_statements, false, on, fail low",
    "'$libdir/pg_stat_statements', false, on, fail low",
    "'', false, on, fail low"
  })
  void preloadedCreatedAndTimed(String libraries, boolean created, String timing, String verdict) {
    server.set("shared_preload_libraries", libraries).set("track_io_timing", timing);
    if (created) {
      server.statements(100, 5, 10);
    }

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({"true, 'preloaded, but not created'", "false, not in shared_preload_libraries"})
  void saysWhichOfTheTwoIsMissing(boolean preloaded, String told) {
    server.set("shared_preload_libraries", preloaded ? "pg_stat_statements" : "");

    assertThat(fleet.judge(CHECK).getFirst().verdict().because()).contains(told);
  }

  @ParameterizedTest
  @CsvSource({
    "24, 3600, pass", // less than a day counts as one
    "25, 3600, fail low",
    "240, 864000, pass",
    "250, 864000, fail low"
  })
  void whatIsThrownOutIsMissing(long times, long seconds, String verdict) {
    server.set("shared_preload_libraries", "pg_stat_statements").set("track_io_timing", "on");
    server.statements(100, 5, 10).evicted(times, seconds);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({"auto, pass", "on, pass", "off, fail low"})
  void statementsAreToldApart(String identifiers, String verdict) {
    server.set("shared_preload_libraries", "pg_stat_statements").set("track_io_timing", "on");
    server.statements(100, 5, 10).set("compute_query_id", identifiers);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void whatWeMayNotReadIsUnknown() {
    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

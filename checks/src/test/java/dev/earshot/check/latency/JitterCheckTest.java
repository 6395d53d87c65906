package dev.earshot.check.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JitterCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  JitterCheckTest() {
    fleet.host("a", "10.0.0.1");
    fleet.host("b", "10.0.0.2").listens(5432, "postgres");
    fleet.connection("a", "b", 5432);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.3 0.3 0.3 0.3 0.3 0.3 0.3 0.3 0.3 0.3     | pass
          0.3 0.3 0.3 0.3 0.3 0.3 0.3 0.3 0.3 90      | pass
          0.3 0.3 0.3 0.3 0.3 0.3 0.3 0.3 2.2 2.2     | pass
          0.3 0.3 0.3 0.3 0.3 0.3 0.3 0.3 2.4 2.4     | fail medium
          25 25 25 25 25 25 25 25 49 49               | pass
          25 25 25 25 25 25 25 25 51 51               | fail medium
          0.3 0.3 0.3 9                               | unknown
          """)
  void oneSlowOneOfTenIsChanceAndTwoAreNot(String times, String verdict) {
    fleet
        .host("a")
        .pings(
            "b",
            "10.0.0.2",
            Arrays.stream(times.strip().split(" ", -1)).mapToDouble(Double::parseDouble).toArray());

    assertThat(verdicts()).containsExactly(verdict + " a/b");
  }

  @Test
  void saysHowSlowTheSlowOnesAre() {
    fleet.host("a").pings("b", "10.0.0.2", 1, 1, 1, 1, 1, 1, 1, 1, 8, 9);

    assertThat(fleet.judge(new JitterCheck()).getFirst().verdict().because())
        .isEqualTo(
            "a → b: one round trip of ten takes 8.0 ms or more, half of them at most 1.0 ms"
                + " (ICMP, 10 answers); limit 3.0 ms");
  }

  @Test
  void whoOnlyWatchesIsNotWaitedFor() {
    fleet.host("c", "10.0.0.3").listens(9100, "node_exporter");
    fleet.connection("a", "c", 9100);
    fleet.host("a").pings("c", "10.0.0.3", 1, 1, 1, 1, 1, 1, 1, 1, 80, 90);
    fleet.pings("a", "b", 0.3);

    assertThat(verdicts()).containsExactly("pass a/b");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new JitterCheck()));
  }
}

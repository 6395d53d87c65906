package dev.earshot.check.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.Ping;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsymmetryCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  AsymmetryCheckTest() {
    fleet.host("a", "10.0.0.1");
    fleet.host("b", "10.0.0.2").listens(5432, "postgres");
    fleet.connection("a", "b", 5432).rtt(25);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          25 25 25 25 25 25 25 25 25 25 | 25 25 25 25 25 25 25 25 25 26 | pass
          0.2 0.2 0.2 0.2 0.2           | 1.1 1.1 1.1 1.1 1.1           | pass
          0.2 0.2 0.2 0.2 0.2           | 1.4 1.4 1.4 1.4 1.4           | fail low
          1.4 1.4 1.4 1.4 1.4           | 0.2 0.2 0.2 0.2 0.2           | fail low
          100 100 100 100 100           | 119 119 119 119 119           | pass
          100 100 100 100 100           | 121 121 121 121 121           | fail low
          2 2 2 2 2 30 30 2 2 2         | 20 20 20 20 20 20 20 20 20 20 | pass
          2 2 2 2 2 2 2 2 2 30          | 20 20 20 20 20 20 20 20 20 20 | fail low
          25 25 25 25                   | 50 50 50 50 50                | unknown
          25 25 25 25 25                | 50 50 50 50                   | unknown
          """)
  void oneEndsAnswersAreSlowerThanTheOthers(String there, String back, String verdict) {
    fleet.host("a").pings("b", "10.0.0.2", times(there));
    fleet.host("b").pings("a", "10.0.0.1", times(back));

    assertThat(verdicts()).containsExactly(verdict + " a/b");
  }

  @Test
  void saysWhichEndMeasuresMoreAndHowToSeeIt() {
    fleet.host("a").pings("b", "10.0.0.2", 25, 10, 10);
    fleet.host("b").pings("a", "10.0.0.1", 50, 10, 10);

    Finding finding = fleet.judge(new AsymmetryCheck()).getFirst();
    assertThat(finding.verdict().because())
        .isEqualTo(
            "a → b: 25.0 ms a round trip as a measures it, 50.0 ms as b does (ICMP, medians of 10"
                + " and 10): they went over different addresses or networks, or b was busy");
    assertThat(finding.remedy().orElseThrow().commands())
        .containsExactly(
            "ping -n -c 20 -i 0.2 10.0.0.2   # on a", "ping -n -c 20 -i 0.2 10.0.0.1   # on b");
  }

  @Test
  void anEndThatWasNotToAskLeavesNothingToCompare() {
    fleet.host("a").pings("b", "10.0.0.2", 25, 10, 10);

    assertThat(verdicts()).containsExactly("notApplicable a/b");
  }

  @Test
  void anEndThatCouldNotAskLeavesItOpen() {
    fleet.host("a").pings("b", "10.0.0.2", 25, 10, 10);
    fleet.host("b").answers(Ping.PROBE, new CommandResult(45, "ping is not installed", false));

    assertThat(verdicts()).containsExactly("unknown a/b");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new AsymmetryCheck()));
  }

  private static double[] times(String list) {
    return Arrays.stream(list.strip().split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }
}

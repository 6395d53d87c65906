package dev.earshot.check.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.TimeSync;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClocksAgreeCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  /// Both ends are known to ten milliseconds.
  @ParameterizedTest
  @CsvSource({
    "0, pass",
    "1.005, pass",
    "-1.005, pass",
    "1.03, fail medium",
    "-1.03, fail medium",
    "60.01, fail medium",
    "60.03, fail high",
    "-4000, fail high"
  })
  void oneThatIsOff(double ahead, String verdict) {
    fleet.host("a", "10.0.0.1").clockAhead(ahead);
    fleet.host("b", "10.0.0.2");
    fleet.host("c", "10.0.0.3").clockAhead(0.001);

    assertThat(verdicts()).containsExactly(verdict + " a", "pass b", "pass c");
  }

  @Test
  void whoeverAsksMayBeTheOneThatIsOff() {
    fleet.host("a", "10.0.0.1").clockAhead(500);
    fleet.host("b", "10.0.0.2").clockAhead(500.1);
    fleet.host("c", "10.0.0.3").clockAhead(2);

    assertThat(verdicts()).containsExactly("fail high a", "fail high b", "pass c");

    fleet.host("c").clockAhead(500);
    assertThat(verdicts()).containsExactly("pass a", "pass b", "pass c");
  }

  /// The first machine's own clock is five seconds ahead: to it, all others are behind.
  @Test
  void ofSeveralMachinesThatAskEachKnowsItsOwnHostsAlone() {
    for (String host : List.of("a", "b")) {
      fleet.host(host, "10.0.0.1").clockAhead(-5).askedBy(1);
    }
    for (String host : List.of("c", "d", "e")) {
      fleet.host(host, "10.0.0.2").askedBy(2);
    }
    assertThat(verdicts()).containsExactly("pass a", "pass b", "pass c", "pass d", "pass e");

    fleet.host("d").clockAhead(-5);
    assertThat(verdicts()).containsExactly("pass a", "pass b", "pass c", "fail medium d", "pass e");
  }

  @Test
  void theSentenceHasTheNumbers() {
    fleet.host("a", "10.0.0.1").clockAhead(4000);
    fleet.host("b", "10.0.0.2");

    assertThat(because())
        .isEqualTo(
            "a: its clock is 4000 s ahead of that of most hosts, ± 0.020 s; limit 1 s; signatures"
                + " expire after one hour, so that Lemmy discards activities to and from it");
  }

  @Test
  void wholeSecondsAreEnoughToSeeMinutes() {
    fleet.host("a", "10.0.0.1").answers(TimeSync.PROBE, "daemon chronyd\nclock 1700000090.%N\n");
    fleet.host("b", "10.0.0.2").answers(TimeSync.PROBE, "daemon chronyd\nclock 1700000000\n");

    assertThat(verdicts()).containsExactly("fail high a", "pass b");
    assertThat(because()).contains("90 s ahead", "± 1.020 s");
  }

  @Test
  void whatWasNotReadIsUnknown() {
    fleet.host("a", "10.0.0.1").answers(TimeSync.PROBE, "daemon chronyd\n");
    fleet.host("b", "10.0.0.2").unreachable("gone");

    assertThat(verdicts()).containsExactly("unknown a", "unknown b");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new ClocksAgreeCheck()));
  }

  private String because() {
    return fleet.judge(new ClocksAgreeCheck()).getFirst().verdict().because();
  }
}

package dev.earshot.check.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Socket;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetourCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  DetourCheckTest() {
    fleet.host("a", "10.0.0.1");
    fleet.host("b", "10.0.0.2").listens(5432, "postgres");
  }

  @ParameterizedTest
  @CsvSource({
    "25, 0.5, 0.5, fail medium",
    "25, 12, 12, pass",
    "2.9, 0.5, 0.5, pass",
    "3.1, 0.5, 0.5, fail medium",
    "47, 20, 20, pass",
    "49, 20, 20, fail medium"
  })
  void theWayOverAThirdHostIsNotMuchShorter(
      double straight, double first, double second, String verdict) {
    fleet.host("c", "10.0.0.3");
    fleet.connection("a", "b", 5432).rtt(straight);
    fleet.pings("a", "b", straight).pings("a", "c", first).pings("c", "b", second);

    assertThat(verdicts()).containsExactly(verdict + " a/b");
  }

  @Test
  void saysOverWhom() {
    fleet.host("c", "10.0.0.3");
    fleet.host("d", "10.0.0.4");
    fleet.connection("a", "b", 5432).rtt(25);
    fleet.pings("a", "b", 25.0).pings("a", "c", 1.0).pings("c", "b", 1.0);
    fleet.pings("a", "d", 0.5).pings("d", "b", 0.5);

    assertThat(fleet.judge(new DetourCheck()).getFirst().verdict().because())
        .isEqualTo("a → b: 25.0 ms a round trip, 1.0 ms by way of d; limit 3.0 ms");
  }

  @Test
  void withoutAThirdHostThereIsNothingToCompare() {
    fleet.connection("a", "b", 5432).rtt(25);
    fleet.pings("a", "b", 25.0);

    assertThat(verdicts()).containsExactly("notApplicable a/b");
  }

  @Test
  void whoseConnectionsAreHiddenIsUnknown() {
    fleet.host("a").doesNotTell(Socket.PROBE, "ss is not installed");

    assertThat(verdicts()).containsExactly("unknown a");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new DetourCheck()));
  }
}

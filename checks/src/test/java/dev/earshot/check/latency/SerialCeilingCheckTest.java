package dev.earshot.check.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.evidence.ContainerSockets;
import dev.earshot.evidence.Socket;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HaProxyFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialCeilingCheckTest {

  private final FleetFixture fleet = FleetFixture.incident();

  @Test
  void theIncidentFallsBehindForEver() {
    fleet.arriving(3);

    Finding finding = busyPath();
    assertThat(Verdicts.of(List.of(finding))).containsExactly("fail critical lb1/backend1/db1");
    assertThat(finding.verdict().because())
        .isEqualTo(
            "lb1 → backend1 → db1: a request takes 533 ms, so a serial sender gets 1.9/s; 3.0/s arrive: falling behind by about 1.1 per second, never catches up");
    assertThat(finding.remedy())
        .hasValueSatisfying(remedy ->
            assertThat(remedy.summary())
                .startsWith("Move backend1 next to db1: a request then takes 7.8 ms")
                .contains("and a backlog of one hour's arrivals is gone after 1.4 min"));
  }

  @ParameterizedTest
  @CsvSource({"1.5, pass", "1.87, pass", "1.9, fail critical", "1000, fail critical"})
  void arrivalsDecide(double perSecond, String verdict) {
    fleet.arriving(perSecond);

    assertThat(Verdicts.of(List.of(busyPath()))).containsExactly(verdict + " lb1/backend1/db1");
  }

  /// With five requests under way, five times the ceiling gets through: 9.4/s.
  @ParameterizedTest
  @CsvSource({
    "1.5, 2, pass",
    "3, 1, fail critical",
    "3, 2, unknown",
    "9.3, 5, unknown",
    "9.5, 5, fail critical"
  })
  void whoSendsSeveralAtOnceGetsMoreThrough(double perSecond, int atOnce, String verdict) {
    fleet.arriving(perSecond, atOnce);

    assertThat(Verdicts.of(List.of(busyPath()))).containsExactly(verdict + " lb1/backend1/db1");
    assertThat(busyPath().verdict().because().contains(atOnce + " requests under way"))
        .isEqualTo(atOnce > 1);
  }

  @Test
  void withoutArrivalsAPathAtItsCeilingIsUnknown() {
    assertThat(Verdicts.of(List.of(busyPath()))).containsExactly("unknown lb1/backend1/db1");
    assertThat(busyPath().verdict().because()).contains("say with --arrival-rate");
  }

  @Test
  void withoutArrivalsAPathFarFromItsCeilingPasses() {
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, 99));

    assertThat(Verdicts.of(List.of(busyPath()))).containsExactly("pass lb1/backend1/db1");
  }

  /// The known parts are 533.8 ms: the least that a request takes.
  @ParameterizedTest
  @CsvSource({"0, unknown", "0.1, unknown", "1.8, unknown", "1.9, fail critical"})
  void theSumOfTheKnownPartsFailsButNeverPasses(double perSecond, String verdict) {
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().tcp().server("backend1", "10.0.0.31:8536", 2, 2, 0, 1, 0));
    if (perSecond > 0) {
      fleet.arriving(perSecond);
    }

    assertThat(Verdicts.of(List.of(busyPath()))).containsExactly(verdict + " lb1/backend1/db1");
    assertThat(busyPath().verdict().because())
        .contains("a request takes at least 533 ms, so a serial sender gets 1.9/s at most");
  }

  @Test
  void aPathWithoutTrafficIsUnknown() {
    assertThat(Verdicts.of(findings())).contains("unknown backend2/db1");
  }

  @Test
  void hostsWhosePathsAreUnreadAreUnknown() {
    fleet.host("silent", "10.0.0.66").doesNotTell(Socket.PROBE, "ss is not installed");

    assertThat(Verdicts.of(findings())).contains("unknown silent");
  }

  @Test
  void aHostWhoseContainersAreUnreadIsUnknown() {
    fleet.host("silent", "10.0.0.66").doesNotTell(ContainerSockets.PROBE, "not for us to enter");

    assertThat(Verdicts.of(findings())).contains("unknown silent");
  }

  @Test
  void withoutABackendItIsNotApplicable() {
    FleetFixture plain = new FleetFixture();
    plain.host("a", "10.0.0.1");

    assertThat(Verdicts.of(plain.judge(new SerialCeilingCheck())))
        .containsExactly("notApplicable fleet");
  }

  private Finding busyPath() {
    return findings().stream()
        .filter(finding -> finding.subject().key().startsWith("lb1"))
        .findFirst()
        .orElseThrow();
  }

  private List<Finding> findings() {
    return fleet.judge(new SerialCeilingCheck());
  }
}

package dev.earshot.check.colocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.check.Finding;
import dev.earshot.evidence.ContainerSockets;
import dev.earshot.evidence.Socket;
import dev.earshot.fixture.ContainerFixture;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HaProxyFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppPictRsCheckTest {

  private static final Check CHECK = new AppPictRsCheck();

  private final FleetFixture fleet = new FleetFixture();

  AppPictRsCheckTest() {
    fleet.host("pictures1", "10.0.0.81").listens(8080, "pict-rs");
    fleet.host("backend1", "10.0.0.31").listens(8536, "lemmy_server");
    fleet.host("lb1", "10.0.0.11");
  }

  @ParameterizedTest
  @CsvSource({"0.3, pass", "2.0, pass", "2.01, fail high", "10, fail high", "10.01, fail critical"})
  void distanceDecides(double milliseconds, String verdict) {
    fleet.connection("backend1", "pictures1", 8080).rtt(milliseconds);

    assertThat(verdicts()).containsExactly(verdict + " backend1/pictures1");
  }

  @Test
  void theSentenceTellsWhatCallsCost() {
    fleet.connection("backend1", "pictures1", 8080).rtt(25).roundTrips(90);
    fleet.connection("lb1", "backend1", 8536).roundTrips(18);

    Finding finding = fleet.judge(CHECK).getFirst();
    assertThat(finding.verdict().because())
        .isEqualTo(
            "backend1 → pictures1: each call to pict-rs waits 25.0 ms (kernel minimum 25.0 ms on 1 socket); limit 2.0 ms; 5.0 calls a request wait 125 ms");
    assertThat(finding.remedy().orElseThrow().playbook())
        .contains("Backends run within 2 ms of their pict-rs");
  }

  @Test
  void inAContainerItIsToldByItsImage() {
    fleet
        .host("pictures1")
        .listens(8537, "docker-proxy")
        .containers(
            new ContainerFixture("web", "docker.io/asonix/pictrs:0.5.16")
                .publishes(8080, "0.0.0.0", 8537));
    fleet.connection("backend1", "pictures1", 8537).rtt(25);

    assertThat(verdicts()).containsExactly("fail critical backend1/pictures1");
  }

  /// Nothing tells it from any other service on that port.
  @Test
  void whatElseListensThereIsNotMeant() {
    fleet.host("web1", "10.0.0.41").listens(8080, "java");
    fleet.connection("backend1", "web1", 8080).rtt(25);

    assertThat(verdicts()).containsExactly("notApplicable fleet");
  }

  @Test
  void aLoadBalancersOwnWayThereIsNoBackends() {
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("pictures1", "10.0.0.81:8080", 0, 1, 0, 1, 5));
    fleet.connection("lb1", "pictures1", 8080).rtt(25);

    assertThat(verdicts()).containsExactly("notApplicable fleet");
  }

  @Test
  void whatIsNotMeasuredIsUnknown() {
    fleet.connection("backend1", "pictures1", 8080).unmeasured();

    assertThat(verdicts()).containsExactly("unknown backend1/pictures1");
  }

  @Test
  void whoseConnectionsWereNotReadMayAskIt() {
    fleet.host("backend1").doesNotTell(Socket.PROBE, "ss is not installed");
    fleet.host("lb1").doesNotTell(ContainerSockets.PROBE, "not for us to enter");

    assertThat(verdicts()).containsExactly("unknown backend1", "unknown lb1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

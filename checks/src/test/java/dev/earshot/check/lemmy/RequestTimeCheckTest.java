package dev.earshot.check.lemmy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.evidence.ContainerSockets;
import dev.earshot.evidence.Socket;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HaProxyFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTimeCheckTest {

  private final FleetFixture incident = FleetFixture.incident();

  @Test
  void theIncidentsRequestsTakeTooLong() {
    incident.host("backend1").lemmy("0.19.3", "");

    assertThat(verdicts()).containsExactly("fail low lb1/backend1/db1");
    Finding slow = findings().getFirst();
    assertThat(slow.verdict().because())
        .isEqualTo(
            "lb1 → backend1 → db1: a request takes 533 ms in the mean of all of them, limit 100 ms for an activity");
    assertThat(slow.remedy().orElseThrow().summary())
        .startsWith("What saves most: move backend1 next to db1; a request then takes 7.8 ms");
  }

  @ParameterizedTest
  @CsvSource({
    // round trip, whether HAProxy measures, verdict
    "25.3, true, fail low",
    "25.3, false, fail low",
    "0.3, true, pass",
    "0.3, false, unknown"
  })
  void theSumOfTheKnownPartsFailsButNeverPasses(double rtt, boolean http, String verdict) {
    FleetFixture fleet = new FleetFixture();
    HaProxyFixture proxy = new HaProxyFixture();
    fleet
        .host("lb1", "10.0.0.11")
        .listens(80, "haproxy")
        .haProxy(
            (http ? proxy : proxy.tcp())
                .server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, (int) (21 * rtt)));
    fleet.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    fleet.host("backend1", "10.0.0.31").listens(8536, "lemmy_server").lemmy("0.19.3", "");
    fleet.connection("lb1", "backend1", 8536).rtt(0.3).roundTrips(18).quiet(0.1, 0.1);
    fleet.connection("backend1", "db1", 5432).rtt(rtt).roundTrips(360);

    assertThat(Verdicts.of(fleet.judge(new RequestTimeCheck())))
        .containsExactly(verdict + " lb1/backend1/db1");
  }

  @Test
  void aPathWithoutTrafficIsUnknown() {
    incident.host("backend2").lemmy("0.19.3", "");

    assertThat(verdicts()).containsExactly("unknown backend2/db1");
  }

  @Test
  void aBackendThatAsksNoDatabaseIsNotJudged() {
    incident.host("app9", "10.0.0.99").lemmy("0.19.3", "");

    assertThat(verdicts()).containsExactly("notApplicable app9");
  }

  @Test
  void unreadSocketsAreUnknown() {
    incident.host("app9", "10.0.0.99").lemmy("0.19.3", "").doesNotTell(Socket.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown app9");
  }

  @Test
  void unreadSocketsOfContainersAreUnknown() {
    incident
        .host("app9", "10.0.0.99")
        .lemmy("0.19.3", "")
        .doesNotTell(ContainerSockets.PROBE, "not for us to enter");

    assertThat(verdicts()).containsExactly("unknown app9");
  }

  @Test
  void otherServicesHaveNoSuchLimit() {
    assertThat(verdicts()).containsExactly("notApplicable fleet");
  }

  private List<String> verdicts() {
    return Verdicts.of(findings());
  }

  private List<Finding> findings() {
    return incident.judge(new RequestTimeCheck());
  }
}

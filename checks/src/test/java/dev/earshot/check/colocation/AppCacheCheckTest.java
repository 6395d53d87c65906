package dev.earshot.check.colocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.evidence.ContainerSockets;
import dev.earshot.evidence.Socket;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppCacheCheckTest {

  private static final Check CHECK = new AppCacheCheck();

  private final FleetFixture fleet = new FleetFixture();

  AppCacheCheckTest() {
    fleet.host("cache1", "10.0.0.61").listens(6379, "valkey-server");
    fleet.host("backend1", "10.0.0.31").listens(8536, "app");
    fleet.host("lb1", "10.0.0.11");
  }

  @ParameterizedTest
  @CsvSource({"0.3, pass", "2.0, pass", "2.01, fail high", "10, fail high", "10.01, fail critical"})
  void distanceDecides(double milliseconds, String verdict) {
    fleet.connection("backend1", "cache1", 6379).rtt(milliseconds);

    assertThat(verdicts()).containsExactly(verdict + " backend1/cache1");
  }

  @Test
  void theSentenceTellsWhatCallsCost() {
    fleet.connection("backend1", "cache1", 6379).rtt(25).roundTrips(90);
    assertThat(because())
        .isEqualTo(
            "backend1 → cache1: each call to redis waits 25.0 ms (kernel minimum 25.0 ms on 1 socket); limit 2.0 ms; 9.0 calls a second wait 225 ms of each second in all");

    fleet.connection("lb1", "backend1", 8536).roundTrips(18);
    assertThat(because()).endsWith("; 5.0 calls a request wait 125 ms");
  }

  @Test
  void aCacheOutsideTheAuditCountsToo() {
    fleet.outgoing("backend1", "192.0.2.7", 11211).rtt(31);

    assertThat(verdicts()).containsExactly("fail critical backend1/192.0.2.7");
    assertThat(because()).contains("each call to memcached");
  }

  /// Whatever a replica fetches, no request waits for it.
  @Test
  void aReplicaIsNoBackend() {
    fleet.host("cache2", "10.0.0.62").listens(6379, "redis-server");
    fleet.connection("cache2", "cache1", 6379).rtt(25);

    assertThat(verdicts()).containsExactly("notApplicable fleet");
  }

  @Test
  void aCacheOfItsOwnIsNear() {
    fleet.host("backend1").listens(6379, "redis-server");
    fleet.connection("backend1", "backend1", 6379).rtt(0.02);

    assertThat(verdicts()).containsExactly("pass backend1/backend1");
  }

  @Test
  void whatIsNotMeasuredIsUnknown() {
    fleet.connection("backend1", "cache1", 6379).unmeasured();

    assertThat(verdicts()).containsExactly("unknown backend1/cache1");
  }

  @Test
  void whoseSocketsWereNotReadMayAskOne() {
    fleet.host("backend1").doesNotTell(Socket.PROBE, "ss is not installed");

    assertThat(verdicts()).containsExactly("unknown backend1");
  }

  @Test
  void whoseContainersWereNotReadMayAskOne() {
    fleet.host("backend1").doesNotTell(ContainerSockets.PROBE, "not for the login user to enter");

    assertThat(verdicts()).containsExactly("unknown backend1");
    assertThat(because()).endsWith("not known: not for the login user to enter");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }

  private String because() {
    return fleet.judge(CHECK).getFirst().verdict().because();
  }
}

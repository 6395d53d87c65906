package dev.earshot.check.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HostFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectTimeCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final HostFixture host = fleet.host("lb1", "10.0.0.11");

  @ParameterizedTest
  @CsvSource({
    "stot=0 ctime=9, notApplicable lb1", // of whom?
    "stot=9 ctime=9 status=DOWN, notApplicable lb1",
    "stot=9 ctime=0, pass lb1",
    "stot=9 ctime=2 ctime_max=9, pass lb1",
    "stot=9 ctime=3, fail medium lb1/server app/app1",
    "stot=9 ctime=30, fail medium lb1/server app/app1",
    "stot=9 ctime=31, fail high lb1/server app/app1",
    "stot=9 ctime=0 ctime_max=999, pass lb1",
    "stot=9 ctime=0 ctime_max=1000, fail low lb1/server app/app1",
    "stot=9 ctime=0 ctime_max=1251, pass lb1",
    "stot=9 ctime=0 ctime_max=3003, fail low lb1/server app/app1",
    "stot=9 ctime=0 ctime_max=7100, fail low lb1/server app/app1",
    "stot=9 ctime=0 connect=6 reuse=5 ctime_max=9, pass lb1",
    "stot=9 ctime=0 connect=5 reuse=5 ctime_max=9, unknown lb1/server app/app1",
    "stot=9 ctime=0 connect=1 reuse=9 ctime_max=2, pass lb1", // even the slowest was quick
    "stot=9 ctime=3 connect=1 reuse=9 ctime_max=9, fail medium lb1/server app/app1",
    "stot=9 ctime=3 mode=tcp, fail medium lb1/server app/app1"
  })
  void means(String columns, String verdict) {
    Proxies.tells(host, "server app/app1 " + columns);

    assertThat(verdicts()).containsExactly(verdict);
  }

  @Test
  void zeroIsNotNothing() {
    Proxies.tells(host, "server app/app1 stot=9", "server app/app2 stot=9 ctime=1");

    assertThat(findings().getFirst().verdict().because())
        .isEqualTo("lb1: mean time to connect: app/app1 below 1 ms, app/app2 1.0 ms; limit 2.0 ms");
  }

  @Test
  void theRoundTripStandsBesideIt() {
    fleet.host("backend1", "10.0.0.31");
    fleet.pings("lb1", "backend1", 25.3);
    Proxies.tells(host, "server app/app1 stot=9 ctime=26 ctime_max=1026 addr=10.0.0.31:8536");

    Finding finding = findings().getFirst();
    assertThat(finding.verdict().because())
        .isEqualTo(
            "lb1: mean time to connect to app/app1 is 26.0 ms over its last requests, limit 2.0 ms; the slowest since its start took 1026 ms, as after a SYN that was lost or not accepted; a round trip there takes 25.3 ms");
    assertThat(finding.remedy().orElseThrow().commands())
        .last()
        .isEqualTo("ping -c 10 10.0.0.31   # on lb1");
  }

  @ParameterizedTest
  @CsvSource({
    "25.3, stot=9 ctime=26, pass lb1",
    "25.3, stot=9 ctime=28, fail low lb1/server app/app1", // as with TLS
    "25.3, stot=9 ctime=77, fail low lb1/server app/app1",
    "25.3, stot=9 ctime=78, fail high lb1/server app/app1",
    "40, stot=9 ctime=41, fail low lb1/server app/app1", // far, and nothing else
    "40, stot=9 ctime=155, fail high lb1/server app/app1",
    "0.4, stot=9 ctime=3, fail low lb1/server app/app1",
    "0.4, stot=9 ctime=4, fail medium lb1/server app/app1"
  })
  void whatIsBeyondARoundTripCounts(double rttMs, String columns, String verdict) {
    fleet.host("backend1", "10.0.0.31");
    fleet.pings("lb1", "backend1", rttMs);
    Proxies.tells(host, "server app/app1 addr=10.0.0.31:8536 " + columns);

    assertThat(verdicts()).containsExactly(verdict);
  }

  /// One of its 45 requests opened a connection, and that one took 25 ms.
  @Test
  void aRealOneWhoseMeanIsThatOfReuse() {
    Proxies.well(host);

    assertThat(verdicts()).containsExactly("unknown lb1/server lemmy/backend1");
    assertThat(findings().getFirst().verdict().because())
        .contains(
            "is 1.0 ms",
            "the slowest since its start took 25.0 ms",
            "98 % of them found a connection");
  }

  private List<Finding> findings() {
    return fleet.judge(new ConnectTimeCheck());
  }

  private List<String> verdicts() {
    return Verdicts.of(findings());
  }
}

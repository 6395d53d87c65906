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

class SessionLimitsCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final HostFixture host = fleet.host("lb1", "10.0.0.11");

  @ParameterizedTest
  @CsvSource({
    "scur=3, pass lb1", // no limit
    "scur=3 smax=9 slim=10, pass lb1",
    "scur=7 smax=7 slim=10, pass lb1",
    "scur=8 smax=8 slim=10, fail high lb1/server app/app1",
    "scur=1 smax=10 slim=10, fail low lb1/server app/app1",
    "scur=1 smax=9 slim=10 qmax=1, fail low lb1/server app/app1",
    "scur=1 smax=1 slim=1, fail low lb1/server app/app1",
    "scur=1 smax=1 slim=1 qtime=1, fail medium lb1/server app/app1",
    "scur=1 smax=1 slim=1 qtime=99, fail medium lb1/server app/app1",
    "scur=1 smax=1 slim=1 qtime=100, fail high lb1/server app/app1",
    "scur=1 smax=1 slim=1 qcur=1, fail high lb1/server app/app1"
  })
  void servers(String columns, String verdict) {
    Proxies.tells(host, "server app/app1 " + columns);

    assertThat(verdicts()).containsExactly(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "backend app qcur=0 slim=1 scur=1 smax=9, pass lb1", // fullconn refuses nothing
    "backend app qcur=2 qmax=9, fail high lb1/backend app",
    "backend app qmax=9, fail low lb1/backend app",
    "frontend web scur=79 smax=79 slim=100, pass lb1",
    "frontend web scur=80 smax=80 slim=100, fail high lb1/frontend web",
    "frontend web scur=0 smax=100 slim=100, fail low lb1/frontend web",
    "info CurrConns: 79, pass lb1",
    "info CurrConns: 80, fail high lb1",
    "info Maxconn: 0, pass lb1"
  })
  void everythingElseThatHasALimit(String row, String verdict) {
    Proxies.tells(host, row);

    assertThat(verdicts()).containsExactly(verdict);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, pass", "2, 2, fail low", "2, 3, fail high"})
  void aProcessThatWasFull(int before, int after, String verdict) {
    Proxies.changes(
        host,
        new String[] {"info MaxconnReached: " + before},
        new String[] {"info MaxconnReached: " + after});

    assertThat(verdicts()).containsExactly(verdict + " lb1");
  }

  @Test
  void aRealOneInTrouble() {
    Proxies.inTrouble(host);

    assertThat(findings())
        .extracting(finding -> finding.verdict().because())
        .containsExactly(
            "lb1: frontend narrow holds 2 of 2 sessions, at most 2 since HAProxy's start; limit 80 %",
            "lb1: 3 requests wait for a server of backend slow, at most 6 since HAProxy's start; limit 0",
            "lb1: slow/slow1 has maxconn 1, so it serves one request after the other; 0 requests wait, at most 0 since HAProxy's start; mean wait 451 ms, limit 1.0 ms");
    assertThat(verdicts())
        .containsExactly(
            "fail high lb1/frontend narrow",
            "fail high lb1/backend slow",
            "fail high lb1/server slow/slow1");
  }

  @Test
  void aRealOneThatIsWellIsClearedWithItsNumbers() {
    Proxies.well(host);

    assertThat(findings())
        .extracting(finding -> finding.verdict().because())
        .containsExactly(
            "lb1: 0 of 9984 connections, no request waits, and nothing came near its limit of 80 %; longest mean wait 0 ms");
  }

  private List<Finding> findings() {
    return fleet.judge(new SessionLimitsCheck());
  }

  private List<String> verdicts() {
    return Verdicts.of(findings());
  }
}

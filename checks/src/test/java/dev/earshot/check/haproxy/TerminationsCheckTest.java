package dev.earshot.check.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.evidence.HaProxyLog;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HostFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminationsCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final HostFixture host = fleet.host("lb1", "10.0.0.11");

  @ParameterizedTest
  @CsvSource({
    "-- 100, pass lb1",
    "-- 991;SH 9, pass lb1",
    "-- 990;SH 10, fail medium lb1",
    "-- 990;SH 3;sH 3;SC 2;RC 1;IH 1, fail medium lb1", // they add up
    "-- 99;SD 1, fail medium lb1",
    "-- 98;SD 1, unknown lb1", // too few
    "-- 951;CH 49, pass lb1",
    "-- 950;CH 48;CQ 1;CC 1, fail medium lb1",
    "-- 100;CD 900, pass lb1", // the answer was on its way
    "-- 100;CR 900;cR 900;cD 900, pass lb1", // they did not wait for one
    "-- 100;sD 900, pass lb1", // tunnels and streams of events that are idle
    "-- 100;PR 900;LR 900, pass lb1" // meant so
  })
  void shares(String ends, String verdict) {
    tells(ends);

    assertThat(Verdicts.of(findings())).containsExactly(verdict);
  }

  @Test
  void theStatesAreTold() {
    tells("-- 900;SH 30;CH 70;sC 20");

    assertThat(findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.verdict().because())
              .isEqualTo(
                  "lb1: of the last 1020 requests in HAProxy's log, its servers or HAProxy itself ended 4.9 % (limit 1.0 %), and clients 6.9 % before an answer came (limit 5.0 %); by state: -- 900, CH 70, SH 30, sC 20");
          assertThat(finding.remedy().orElseThrow().commands())
              .containsExactly(
                  "sudo tail -n 5000 /var/log/haproxy.log | halog -q -tcn CH | tail   # on lb1",
                  "sudo journalctl -q -t haproxy -n 5000 --no-pager | halog -q -tcn CH | tail   # where it has no such file");
        });
  }

  @Test
  void olderEvidenceDoesNotTell() {
    host.answers(HaProxyLog.PROBE, "log\nserver app/app1 2000 1 2 3 4 5 6\n");

    assertThat(Verdicts.of(findings())).containsExactly("unknown lb1");
  }

  @Test
  void withoutRequestsOrALogThereIsNothingToJudge() {
    assertThat(Verdicts.of(findings())).containsExactly("notApplicable fleet");

    host.answers(HaProxyLog.PROBE, "log\n");
    assertThat(Verdicts.of(findings())).containsExactly("notApplicable lb1");

    host.doesNotTell(HaProxyLog.PROBE, "halog is not installed");
    assertThat(Verdicts.of(findings())).containsExactly("unknown lb1");
  }

  private void tells(String ends) {
    host.answers(HaProxyLog.PROBE, "log\nend " + ends.replace(";", "\nend ") + "\n");
  }

  private List<Finding> findings() {
    return fleet.judge(new TerminationsCheck());
  }
}

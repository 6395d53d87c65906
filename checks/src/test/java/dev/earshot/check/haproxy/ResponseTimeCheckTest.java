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

class ResponseTimeCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final HostFixture host = fleet.host("lb1", "10.0.0.11");

  @ParameterizedTest
  @CsvSource({
    "100, 999, 9000, 9999, pass lb1",
    "100, 999, 9000, 10000, fail high lb1/server app/app1",
    "99, 999, 9000, 10000, pass lb1", // none lies beyond that percentile
    "20, 1000, 1000, 1000, fail medium lb1/server app/app1",
    "19, 1000, 1000, 1000, pass lb1"
  })
  void percentiles(int requests, int p50, int p95, int p99, String verdict) {
    tells("server app/app1 %d 0 1 2 %d %d %d\n".formatted(requests, p50, p95, p99));

    assertThat(verdicts()).containsExactly(verdict);
  }

  @Test
  void allNumbersAreTold() {
    tells("server app/app1 900 0 1 2 21 45 300\nserver app/app2 3 0 0 0 1200 1300 1300\n");

    assertThat(findings())
        .singleElement()
        .extracting(finding -> finding.verdict().because())
        .isEqualTo(
            "lb1: app/app1 answered 900 requests, half within 21.0 ms, 95 % within 45.0 ms, 99 % within 300 ms; connecting took below 1 ms, 1.0 ms and 2.0 ms; app/app2 answered 3 requests, half within 1200 ms, 95 % within 1300 ms, 99 % within 1300 ms; connecting took below 1 ms, below 1 ms and below 1 ms");
  }

  @Test
  void withoutRequestsOrALogThereIsNothingToJudge() {
    assertThat(verdicts()).containsExactly("notApplicable fleet");

    tells("");
    assertThat(verdicts()).containsExactly("notApplicable lb1");

    host.doesNotTell(HaProxyLog.PROBE, "could not be read");
    assertThat(verdicts()).containsExactly("unknown lb1");
  }

  private void tells(String lines) {
    host.answers(HaProxyLog.PROBE, "log\n" + lines);
  }

  private List<Finding> findings() {
    return fleet.judge(new ResponseTimeCheck());
  }

  private List<String> verdicts() {
    return Verdicts.of(findings());
  }
}

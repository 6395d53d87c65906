package dev.earshot.check.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.evidence.Nginx;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HostFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimingsLoggedCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final HostFixture host = fleet.host("lb1", "10.0.0.11");

  @ParameterizedTest
  @CsvSource({
    "'', fail low lb1", // access_log off
    "log /a combined - -, fail low lb1",
    "log /a up - upstream, fail low lb1",
    "log /a rt request -, fail info lb1",
    "log /a rt request upstream, pass lb1", // nothing logged yet
    "log /a combined - -|log /b both request upstream, pass lb1",
    "log /a rt request -|log /b both request upstream, pass lb1"
  })
  void formats(String lines, String verdict) {
    tells(lines);

    assertThat(verdicts()).containsExactly(verdict);
  }

  @Test
  void theNumbersAreInTheMessage() {
    tells(
        "log /a rt request -|times request 900 1 2 3|log /b both request upstream|times request 24 21 26 302|times upstream 19 22 301 301");

    Finding finding = findings().getFirst();
    assertThat(finding.verdict().because())
        .isEqualTo(
            "lb1: nginx logs how long requests take in /b: 24 requests, median 21.0 ms, 95 % within 26.0 ms, at most 302 ms; the servers behind it: 19 requests, median 22.0 ms, 95 % within 301 ms, at most 301 ms");
    assertThat(finding.measured())
        .extracting(measured -> measured.name() + "=" + measured.value())
        .containsExactly(
            "requestMedianMs=21.0",
            "requestP95Ms=26.0",
            "upstreamMedianMs=22.0",
            "upstreamP95Ms=301.0");
  }

  @Test
  void whatIsMissingIsNamedWithAPlaybookThatAddsIt() {
    tells("log /var/log/nginx/access.log combined - -");

    Finding finding = findings().getFirst();
    assertThat(finding.verdict().because())
        .isEqualTo(
            "lb1: nginx's access logs /var/log/nginx/access.log (format combined): none logs how long requests take ($request_time)");
    assertThat(finding.remedy().orElseThrow().playbook())
        .contains("          log_format timings '$time_iso8601");
  }

  @Test
  void notReadIsUnknownAndNotThereIsNothing() {
    assertThat(verdicts()).containsExactly("notApplicable fleet");

    host.doesNotTell(Nginx.PROBE, "its configuration could not be read");
    assertThat(verdicts()).containsExactly("unknown lb1");
  }

  private void tells(String lines) {
    host.answers(
        Nginx.PROBE,
        "nginx\n" + lines.replace(" ", "\t").replace("|", "\n") + (lines.isEmpty() ? "" : "\n"));
  }

  private List<Finding> findings() {
    return fleet.judge(new TimingsLoggedCheck());
  }

  private List<String> verdicts() {
    return Verdicts.of(findings());
  }
}

package dev.earshot.check.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.evidence.HaProxyConfiguration;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HostFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final HostFixture host = fleet.host("lb1", "10.0.0.11");

  ConfigurationCheckTest() {
    fleet.host("app1", "10.0.0.31");
    Proxies.tells(host, "server app/app1 addr=10.0.0.31:80");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          server app1 10.0.0.31:80 | whole  | pass
          server app1 ipv4@10.0.0.31:80 | whole | pass
          server app1 app1.example.org:80 | whole | pass
          server app1 10.0.0.31:80~disabled | whole | fail medium
          server app1 10.0.0.31:81 | whole  | fail medium
          server app1 10.0.0.31:81 | cut    | fail medium
          server app2 10.0.0.31:80 | whole  | fail medium
          server app2 10.0.0.31:80 | cut    | unknown
          server-template app 3    | whole  | pass
          mode tcp                 | whole  | fail medium
          server app1 10.0.0.31:80 | unread | unknown
          server app1 10.0.0.31:80 | .if    | unknown
          """)
  void byWhatTheFilesSay(String line, String end, String verdict) {
    told("frontend web\ndefault_backend app\nbackend app\n" + line.replace('~', '\n'), end);

    assertThat(verdicts()).containsExactly(verdict + " lb1");
  }

  @Test
  void theWaysAreNamed() {
    told(
        "frontend web\nuse_backend %[path,map(/etc/maps)] if\ndefault_backend \"app\"\nbackend app\nserver app1 10.0.0.31:80",
        "whole");

    assertThat(findings().getFirst().verdict().because())
        .isEqualTo(
            "lb1: HAProxy works by /etc/haproxy/haproxy.cfg; web leads to a backend chosen for each request, app");
  }

  @Test
  void whatDiffersIsNamed() {
    told("backend app\nserver app1 10.0.0.99:80\nserver app2 10.0.0.31:80", "whole");

    Finding finding = findings().getFirst();
    assertThat(finding.verdict().because())
        .isEqualTo(
            "lb1: HAProxy does not work by /etc/haproxy/haproxy.cfg: app/app1 sends to 10.0.0.31:80, and by the files to 10.0.0.99:80; app/app2 is in the files alone");
    assertThat(finding.remedy().orElseThrow().commands())
        .last()
        .isEqualTo(
            "sudo haproxy -c -f /etc/haproxy/haproxy.cfg && sudo systemctl reload haproxy   # on lb1");
  }

  @Test
  void aServerThatIsNoHostOfTheInventoryIsNamed() {
    Proxies.tells(host, "server app/app9 addr=10.0.0.99:80");
    told("backend app\nserver app9 10.0.0.99:80", "whole");

    assertThat(verdicts()).containsExactly("fail low lb1");
    assertThat(findings().getFirst().verdict().because())
        .isEqualTo("lb1: no hosts of the inventory: app/app9 (10.0.0.99)");
  }

  @Test
  void aPortThatCannotBeOneIsNone() {
    Proxies.tells(host, "server app/app1 addr=");
    told("backend app\nserver app1 10.0.0.31:99999", "whole");

    assertThat(verdicts()).containsExactly("pass lb1");
  }

  @Test
  void withoutHaProxyThereIsNothingToJudge() {
    assertThat(verdicts()).containsExactly("notApplicable fleet");
  }

  private void told(String lines, String end) {
    host.answers(
        HaProxyConfiguration.PROBE, "=== /etc/haproxy/haproxy.cfg\n%s\n%s\n".formatted(lines, end));
  }

  private List<Finding> findings() {
    return fleet.judge(new ConfigurationCheck());
  }

  private List<String> verdicts() {
    return Verdicts.of(findings());
  }
}

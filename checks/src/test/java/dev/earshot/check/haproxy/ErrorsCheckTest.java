package dev.earshot.check.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.evidence.HaProxy;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HostFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorsCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final HostFixture host = fleet.host("lb1", "10.0.0.11");

  @ParameterizedTest
  @CsvSource({
    "stot=100 econ=9 eresp=9 wretr=9 wredis=9, pass lb1", // all of it long ago
    "stot=100 econ=10 eresp=9 wretr=9 wredis=9, fail high lb1/server app/app1",
    "stot=299 econ=10 eresp=9 wretr=9 wredis=9, fail medium lb1/server app/app1",
    "stot=200 econ=9 eresp=10 wretr=9 wredis=9, fail medium lb1/server app/app1",
    "stot=199 econ=9 eresp=10 wretr=9 wredis=9, fail high lb1/server app/app1",
    "stot=199 econ=9 eresp=9 wretr=10 wredis=9, fail medium lb1/server app/app1",
    "stot=200 econ=9 eresp=9 wretr=9 wredis=10, fail low lb1/server app/app1",
    "stot=99 econ=10 eresp=9 wretr=9 wredis=9, fail high lb1/server app/app1", // not even counted
    "stot=100 econ=9 eresp=9 wretr=9 wredis=9 hrsp_5xx=1, fail low lb1/server app/app1", // too few
    "stot=199 econ=9 eresp=9 wretr=9 wredis=9 hrsp_5xx=1, fail medium lb1/server app/app1",
    "stot=200 econ=9 eresp=9 wretr=9 wredis=9 hrsp_5xx=1, fail low lb1/server app/app1",
    "stot=199 econ=9 eresp=10 wretr=9 wredis=9 hrsp_5xx=9, fail high lb1/server app/app1",
    "stot=139 econ=9 eresp=9 wretr=9 wredis=9 cli_abrt=9, pass lb1", // the log tells in which phase
    "stot=99 econ=9 eresp=9 wretr=9 wredis=9, unknown lb1", // no requests
    "stot=98 econ=0 eresp=0 wretr=0 wredis=0, unknown lb1" // counters were cleared
  })
  void changesWithinTheWindow(String columns, String verdict) {
    Proxies.changes(
        host,
        new String[] {"server app/app1 stot=99 econ=9 eresp=9 wretr=9 wredis=9"},
        new String[] {"server app/app1 " + columns});

    assertThat(verdicts()).containsExactly(verdict);
  }

  @ParameterizedTest
  @CsvSource({"1000, 1010, fail", "1000, 1008, fail", "1000, 1007, unknown", "2, 8, unknown"})
  void aReloadIsNotJudged(int before, int after, String verdict) {
    host.answers(
            HaProxy.PROBE,
            Proxies.sample(1000, "server app/app1 stot=5").replace(": 1000", ": " + before))
        .answersAtEnd(
            HaProxy.PROBE,
            Proxies.sample(1010, "server app/app1 stot=9 econ=4").replace(": 1010", ": " + after));

    assertThat(verdicts()).singleElement().asString().startsWith(verdict);
  }

  @Test
  void aReloadIsNamed() {
    host.answers(HaProxy.PROBE, Proxies.sample(1000, "server app/app1 stot=5"))
        .answersAtEnd(
            HaProxy.PROBE,
            Proxies.sample(1010, "server app/app1 stot=9 econ=4").replace(": 1010", ": 3"));

    assertThat(findings().getFirst().verdict().because()).contains("reloaded");
  }

  @Test
  void aServerThatIsNewHasNoChange() {
    Proxies.changes(
        host, new String[] {}, new String[] {"server app/app1 stot=9 econ=9", "backend app"});

    assertThat(verdicts()).containsExactly("pass lb1");
  }

  @Test
  void oneSampleIsNoChange() {
    Proxies.tells(host, "server app/app1");
    host.answersAtEnd(HaProxy.PROBE, "<html>");

    assertThat(verdicts()).containsExactly("unknown lb1");
  }

  @Test
  void aRealOneInTrouble() {
    Proxies.inTrouble(host);

    assertThat(verdicts())
        .containsExactly(
            "fail medium lb1/server broken/refuses",
            "fail high lb1/server broken/hangs-up",
            "fail high lb1/server refused/away",
            "fail high lb1/backend gone");
    assertThat(findings())
        .extracting(finding -> finding.verdict().because())
        .contains(
            "lb1: backend gone: 6 of 6 requests within 5.1 s found no server that takes them; limit 0")
        .anyMatch(because ->
            because.startsWith(
                "lb1: refused/away: of 3 requests within 5.1 s, 1 could not connect, 0 got no whole answer, 0 were answered with an error (5xx; 33 % in all; limit 0), 2 were tried again, 0 sent to another server, of 0 the client broke off; since its start "))
        .anyMatch(because -> because.endsWith(" s ago: 2, 0, 0, 4, 0 and 0 of 6"));
  }

  private List<Finding> findings() {
    return fleet.judge(new ErrorsCheck());
  }

  private List<String> verdicts() {
    return Verdicts.of(findings());
  }
}

package dev.earshot.check.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HostFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServersUpCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final HostFixture host = fleet.host("lb1", "10.0.0.11");

  @ParameterizedTest
  @CsvSource({
    "UP, UP, pass",
    "UP, UP_1/3, fail medium",
    "UP, DOWN, fail high",
    "UP, DOWN_1/2, fail high",
    "UP, MAINT, fail low",
    "UP, DRAIN, fail low",
    "UP, NOLB, fail low",
    "UP, MAINT_(resolution), fail low",
    "UP, no_check, fail low",
    "no_check, no_check, fail low",
    "DOWN, DOWN, fail critical",
    "MAINT, MAINT, fail critical",
    "DOWN, UP_1/3, fail high"
  })
  void ofTwoServers(String one, String other, String verdict) {
    Proxies.tells(host, "server app/app1 status=" + one, "server app/app2 status=" + other);

    assertThat(verdicts()).containsExactly(verdict + " lb1/backend app");
  }

  @ParameterizedTest
  @CsvSource({
    "UP, UP, pass",
    "UP, DOWN, fail medium",
    "DOWN, UP, fail high",
    "MAINT, UP, fail medium",
    "DOWN, DOWN, fail critical"
  })
  void withASpareOne(String first, String spare, String verdict) {
    Proxies.tells(
        host, "server app/main status=" + first, "server app/spare bck=1 status=" + spare);

    assertThat(verdicts()).containsExactly(verdict + " lb1/backend app");
  }

  @Test
  void whatIsWrongIsNamedWithWhatTheCheckFound() {
    Proxies.tells(
        host,
        "server app/app1 status=MAINT lastchg=432000",
        "server app/app2",
        "server app/app3 status=DOWN lastchg=90 check_status=*_L4CON last_chk=Connection_refused");

    Finding finding = findings().getFirst();
    assertThat(finding.verdict().because())
        .isEqualTo(
            "lb1: backend app: 1 of 3 servers get requests: app3 does not work (DOWN for 90 s, L4CON: Connection refused); app1 was taken out (MAINT for 5 days)");
    assertThat(finding.measured())
        .singleElement()
        .satisfies(measured -> assertThat(measured.value()).isEqualTo(1));
  }

  @Test
  void manyAreCounted() {
    Proxies.tells(
        host,
        IntStream.range(0, 20)
            .mapToObj(number -> "server app/s%d status=no_check".formatted(number))
            .toArray(String[]::new));

    assertThat(findings().getFirst().verdict().because()).endsWith("; and 12 more");
  }

  @Test
  void maintenanceIsEndedByACommandWhereTheNameIsOne() {
    Proxies.tells(host, "server app/app1", "server app/app2 status=MAINT");
    assertThat(findings().getFirst().remedy().orElseThrow().commands())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("echo 'set server app/app2 state ready' |");

    Proxies.tells(host, "server app/app1", "server app/a'$(id) status=MAINT");
    assertThat(findings().getFirst().remedy().orElseThrow().commands()).hasSize(1);
  }

  @Test
  void aRealOneInTrouble() {
    Proxies.inTrouble(host);

    assertThat(verdicts())
        .containsExactly(
            "fail high lb1/backend app",
            "fail low lb1/backend plain",
            "fail critical lb1/backend gone",
            "fail high lb1/backend spare",
            "pass lb1/backend slow",
            "fail low lb1/backend broken",
            "fail low lb1/backend refused",
            "fail critical lb1/backend unnamed",
            "pass lb1/backend tcp");
  }

  @Test
  void aRealOneThatIsWell() {
    Proxies.well(host);

    assertThat(verdicts()).containsExactly("pass lb1/backend lemmy");
    assertThat(findings().getFirst().verdict().because())
        .isEqualTo("lb1: backend lemmy: 2 of 2 servers get requests, all up");
  }

  @Test
  void withoutHaProxyThereIsNothingToJudge() {
    assertThat(verdicts()).containsExactly("notApplicable fleet");
  }

  private List<Finding> findings() {
    return fleet.judge(new ServersUpCheck());
  }

  private List<String> verdicts() {
    return Verdicts.of(findings());
  }
}

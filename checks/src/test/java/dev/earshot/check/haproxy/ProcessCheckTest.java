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

class ProcessCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final HostFixture host = fleet.host("lb1", "10.0.0.11");

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, pass lb1",
    "7, 7, 0, fail low lb1", // lost before
    "7, 8, 0, fail medium lb1",
    "0, 0, 0x40, pass lb1", // a library that it loaded itself
    "0, 0, 0x40000000, pass lb1", // nobody knows yet what
    "0, 0, 0x1, fail low lb1",
    "0, 0, 0x10, fail medium lb1",
    "7, 8, 0x1, fail medium lb1",
    "0, 0, 0x21, fail high lb1",
    "0, 0, 0x2000, fail medium lb1"
  })
  void lossesAndTaints(long before, long after, String tainted, String verdict) {
    Proxies.changes(
        host,
        new String[] {info("DroppedLogs", before), info("Tainted", tainted)},
        new String[] {info("DroppedLogs", after), info("Tainted", tainted)});

    assertThat(Verdicts.of(findings())).containsExactly(verdict);
  }

  @Test
  void bothAreTold() {
    Proxies.tells(host, info("DroppedLogs", 3), info("Tainted", "0x24"));

    assertThat(findings().getFirst().verdict().because())
        .isEqualTo(
            "lb1: its socket was used in expert mode, it met a bug of its own (BUG_ON) (Tainted 0x24); 3 lines of its log were dropped as their taker was full since its start 16 min ago, 0 of them within the window; limit 0");
  }

  @Test
  void anotherProcessLostNothingWithinTheWindow() {
    Proxies.changes(
        host,
        new String[] {info("DroppedLogs", 9), info("Tainted", "0")},
        new String[] {info("DroppedLogs", 2), info("Tainted", "0")});

    assertThat(Verdicts.of(findings())).containsExactly("fail low lb1");
  }

  @Test
  void oldVersionsDoNotTell() {
    String old = Proxies.sample(1000).replaceAll("(DroppedLogs|Tainted): 0\n", "");
    host.answers(HaProxy.PROBE, old).answersAtEnd(HaProxy.PROBE, old);

    assertThat(Verdicts.of(findings())).containsExactly("unknown lb1");
  }

  @Test
  void aRealOneIsWell() {
    Proxies.inTrouble(host);

    assertThat(Verdicts.of(findings())).containsExactly("pass lb1");
  }

  private static String info(String name, Object value) {
    return "info %s: %s".formatted(name, value);
  }

  private List<Finding> findings() {
    return fleet.judge(new ProcessCheck());
  }
}

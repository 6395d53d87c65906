package dev.earshot.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Ping;
import dev.earshot.fixture.FleetFixture;
import org.junit.jupiter.api.Test;

class PingCoverageTest {

  @Test
  void ofFewHostsNothingIsLeftOut() {
    FleetFixture fleet = fleet(3);
    fleet.pings("h0", "h1", 0.3);
    fleet.host("h2").doesNotTell(Ping.PROBE, "ping is not installed");

    assertThat(PingCoverage.of(fleet.evidence()))
        .isEqualTo(new PingCoverage(3, 6, 2))
        .extracting(PingCoverage::leftOut)
        .satisfies(leftOut -> assertThat(leftOut).isEmpty());
  }

  @Test
  void ofManyItIsToldHowManyAndByWhichRule() {
    FleetFixture fleet = fleet(PingCoverage.ALL_PAIRS + 1);
    fleet.pings("h0", "h1", 0.3);
    fleet.host("h0").pings("stranger", "192.0.2.1", 0.3).pings("h2", "10.0.0.3", 0.3, 10, 0);

    assertThat(PingCoverage.of(fleet.evidence()).leftOut())
        .contains(
            "3 of 22650 ordered pairs of hosts were pinged: of more than 150 hosts, each pings 2 of each group and the 12 that follow it in the inventory; hosts that hold connections have the kernel's own figures");
  }

  private static FleetFixture fleet(int hosts) {
    FleetFixture fleet = new FleetFixture();
    for (int host = 0; host < hosts; host++) {
      fleet.host("h" + host, "10.0.%d.%d".formatted(host / 250, host % 250 + 1));
    }
    return fleet;
  }
}

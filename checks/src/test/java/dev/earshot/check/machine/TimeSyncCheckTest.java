package dev.earshot.check.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.TimeSync;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeSyncCheckTest {

  @ParameterizedTest
  @CsvSource({
    "daemon chronyd, pass",
    "daemon none, fail medium",
    "daemon systemd-timesyn, fail medium",
    "'synchronized\ndaemon systemd-timesyn', pass",
    "daemon vmtoolsd, fail medium",
    "daemon hidden, unknown",
    "'synchronized\ndaemon hidden', pass",
    "what, unknown"
  })
  void daemons(String printed, String verdict) {
    FleetFixture fleet = new FleetFixture();
    fleet.host("a", "10.0.0.1").answers(TimeSync.PROBE, printed + "\n");

    assertThat(Verdicts.of(fleet.judge(new TimeSyncCheck()))).containsExactly(verdict + " a");
  }
}

package dev.earshot.check.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Pressure;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PressureCheckTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, pass",
    "100, 0, 0, 0, pass",
    "120, 0, 0, 0, fail medium",
    "0, 120, 0, 0, fail medium",
    "0, 0, 1000, 0, pass",
    "0, 0, 1100, 0, fail medium",
    "0, 0, 0, 1, fail high"
  })
  void whatWorkWaitsFor(int disk, int stolen, int pages, int kills, String verdict) {
    FleetFixture fleet = new FleetFixture();
    fleet
        .host("a", "10.0.0.1")
        .answers(Pressure.PROBE, "1000.0 1\n" + text(1000, 0, 0, 0, 0))
        .answersAtEnd(
            Pressure.PROBE, "1010.0 1\n" + text(2000 - disk - stolen, disk, stolen, pages, kills));

    assertThat(Verdicts.of(fleet.judge(new PressureCheck()))).containsExactly(verdict + " a");
  }

  /// Microseconds, of ten seconds.
  @ParameterizedTest
  @CsvSource({"1000000, pass", "1100000, fail medium", "0, pass", "-1, pass"})
  void memoryThatWorkStandsStillFor(long stalled, String verdict) {
    FleetFixture fleet = new FleetFixture();
    fleet
        .host("a", "10.0.0.1")
        .answers(Pressure.PROBE, "1000.0 1\n" + text(1000, 0, 0, 0, 0) + stalled(5_000_000))
        .answersAtEnd(
            Pressure.PROBE, "1010.0 1\n" + text(2000, 0, 0, 0, 0) + stalled(5_000_000 + stalled));

    assertThat(Verdicts.of(fleet.judge(new PressureCheck()))).containsExactly(verdict + " a");
    assertThat(fleet.judge(new PressureCheck()).getFirst().verdict().because())
        .contains("for memory");
  }

  @ParameterizedTest
  @CsvSource({"4900000, pass", "5100000, fail medium"})
  void workThatStandsStillForTheDiskIsFound(long stalled, String verdict) {
    String stall = "/proc/pressure/io:some avg10=0.00 avg60=0.00 avg300=0.00 total=%d\n";
    FleetFixture fleet = new FleetFixture();
    fleet
        .host("a", "10.0.0.1")
        .answers(Pressure.PROBE, "1000.0 1\n" + text(1000, 0, 0, 0, 0) + stall.formatted(5_000_000))
        .answersAtEnd(
            Pressure.PROBE,
            "1010.0 1\n" + text(2000, 0, 0, 0, 0) + stall.formatted(5_000_000 + stalled));

    assertThat(Verdicts.of(fleet.judge(new PressureCheck()))).containsExactly(verdict + " a");
    assertThat(fleet.judge(new PressureCheck()).getFirst().verdict().because())
        .contains("for disk");
  }

  private static String stalled(long microseconds) {
    return "/proc/pressure/memory:some avg10=0.00 avg60=0.00 avg300=0.00 total=%d\n"
        .formatted(microseconds);
  }

  private static String text(int idle, int disk, int stolen, int pages, int kills) {
    return "/proc/stat:cpu  5 0 0 %d %d 0 0 %d\n/proc/vmstat:pswpin %d\n/proc/vmstat:oom_kill %d\n"
        .formatted(idle, disk, stolen, pages, kills);
  }
}

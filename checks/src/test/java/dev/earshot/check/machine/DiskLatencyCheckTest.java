package dev.earshot.check.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Disk;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskLatencyCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  /// Operations and the milliseconds that they took together.
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, 0, 0, notApplicable",
    "49, 9000, 0, 0, 0, 0, notApplicable",
    "50, 500, 50, 500, 50, 500, pass",
    "50, 550, 0, 0, 0, 0, fail medium",
    "0, 0, 100, 1100, 0, 0, fail medium",
    "0, 0, 100, 5000, 0, 0, fail medium",
    "0, 0, 100, 5100, 0, 0, fail high",
    "0, 0, 100, 100, 60, 6000, fail high"
  })
  void meanTimes(
      int reads,
      int readTime,
      int writes,
      int writeTime,
      int flushes,
      int flushTime,
      String verdict) {
    fleet
        .host("a", "10.0.0.1")
        .answers(Disk.PROBE, "1000.0 1\n" + disk("vda", 7, 7, 7, 7, 7, 7))
        .answersAtEnd(
            Disk.PROBE,
            "1010.0 1\n"
                + disk(
                    "vda",
                    7 + reads,
                    7 + readTime,
                    7 + writes,
                    7 + writeTime,
                    7 + flushes,
                    7 + flushTime));

    assertThat(Verdicts.of(fleet.judge(new DiskLatencyCheck()))).containsExactly(verdict + " a");
  }

  @Test
  void partsOfADiskAreNotToldTwice() {
    fleet
        .host("a", "10.0.0.1")
        .answers(
            Disk.PROBE,
            "1000.0 1\n" + disk("sda", 0, 0, 0, 0, 0, 0) + disk("sda1", 0, 0, 0, 0, 0, 0))
        .answersAtEnd(
            Disk.PROBE,
            "1010.0 1\n"
                + disk("sda", 0, 0, 100, 2000, 0, 0)
                + disk("sda1", 0, 0, 100, 2000, 0, 0));

    assertThat(fleet.judge(new DiskLatencyCheck()).getFirst().verdict().because())
        .isEqualTo("a: sda: 20.0 ms a write (100 of them); limit 10.0 ms");
  }

  private static String disk(
      String name, int reads, int readTime, int writes, int writeTime, int flushes, int flushTime) {
    return "8 0 %s %d 0 0 %d %d 0 0 %d 0 0 0 0 0 0 0 %d %d\n"
        .formatted(name, reads, readTime, writes, writeTime, flushes, flushTime);
  }
}

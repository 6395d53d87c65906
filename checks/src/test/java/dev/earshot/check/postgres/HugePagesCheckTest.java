package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.evidence.Memory;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HugePagesCheckTest {

  private static final Check CHECK = new HugePagesCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  HugePagesCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "1048575, try, '', 0, notApplicable",
    "1048576, try, '', 0, fail low",
    "1048576, try, '', 4095, fail low",
    "1048576, try, '', 4096, pass",
    "1048576, off, '', 4096, fail low",
    "1048576, on, '', 0, pass",
    "1048576, try, on, 0, pass",
    "1048576, try, off, 4096, fail low"
  })
  void fromEightGibibytesOn(long blocks, String wish, String status, int pages, String verdict) {
    server.set("shared_buffers", String.valueOf(blocks)).set("huge_pages", wish);
    if (!status.isEmpty()) {
      server.set("huge_pages_status", status);
    }
    fleet
        .host("db1")
        .answers(
            Memory.PROBE,
            "MemTotal: 64000000 kB\nMemAvailable: 9 kB\nHugePages_Total: %d\nHugepagesize: 2048 kB\n"
                .formatted(pages));

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void unknownWhereTheKernelDoesNotTell() {
    server.set("shared_buffers", "2097152").set("huge_pages", "try");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

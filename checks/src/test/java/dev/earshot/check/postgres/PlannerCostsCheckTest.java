package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.evidence.Disk;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerCostsCheckTest {

  private static final Check CHECK = new PlannerCostsCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  PlannerCostsCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "1.1, 1, 5000, 500, pass",
    "2, 1, 5000, 500, pass",
    "4, 2, 5000, 500, pass",
    "4, 1, 5000, 500, fail low", // 0.1 ms a read
    "4, 1, 5000, 10000, fail low", // 2 ms
    "4, 1, 5000, 10001, pass",
    "4, 1, 999, 1, notApplicable"
  })
  void randomReadsAgainstTheDisk(
      String random, String sequential, int reads, int milliseconds, String verdict) {
    knowsItsMemory().set("random_page_cost", random).set("seq_page_cost", sequential);
    fleet
        .host("db1")
        .answers(
            Disk.PROBE,
            "1000.0 1\n253 0 vda %d 0 80 %d 0 0 0 0 0 0 0\n".formatted(reads, milliseconds));

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({"16383, fail low", "16384, pass", "500000, pass", "500001, fail low"})
  void theCacheIsBetweenSharedBuffersAndMemory(String blocks, String verdict) {
    knowsItsMemory()
        .set("effective_cache_size", blocks)
        .set("random_page_cost", "1.1")
        .set("seq_page_cost", "1");

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void unknownWithoutTheDisk() {
    knowsItsMemory().set("random_page_cost", "4").set("seq_page_cost", "1");
    fleet.host("db1").doesNotTell(Disk.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void withoutTheSettingsItIsUnknown() {
    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private PostgresFixture knowsItsMemory() {
    return server.set("shared_buffers", "16384").set("effective_cache_size", "393216");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

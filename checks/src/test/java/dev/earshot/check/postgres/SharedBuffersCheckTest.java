package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Memory;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedBuffersCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  SharedBuffersCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "16384, 4000000, fail low",
    "16384, 900000, pass",
    "16385, 4000000, pass",
    "200000, 4000000, pass",
    "201000, 4000000, fail medium"
  })
  void blocksAgainstTheHostsMemory(int blocks, int memoryKiB, String verdict) {
    server.set("shared_buffers", String.valueOf(blocks));
    fleet
        .host("db1")
        .answers(Memory.PROBE, "MemTotal: %1$d kB\nMemAvailable: %1$d kB\n".formatted(memoryKiB));

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void aServerMayCountInOtherBlocks() {
    server.set("shared_buffers", "16384").set("block_size", "32768");

    assertThat(because()).contains("shared_buffers is 512.0 MiB, 13 % of the host's 3.8 GiB");
  }

  @Test
  void unknownWithoutTheHostsMemory() {
    server.set("shared_buffers", "16384");
    fleet.host("db1").doesNotTell(Memory.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new SharedBuffersCheck()));
  }

  private String because() {
    return fleet.judge(new SharedBuffersCheck()).getFirst().verdict().because();
  }
}

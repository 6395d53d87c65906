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

class WorkMemCheckTest {

  private static final Check CHECK = new WorkMemCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  WorkMemCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 100, '', pass", // 0.5 GiB of 3.8
    "36864, 100, '', pass",
    "40960, 100, '', fail medium", // 4000 MiB
    "4096, 1000, '', fail medium",
    "4096, 100, 64MB, pass", // 20 sessions of the role
    "4096, 100, 1GB, fail medium"
  })
  void oneSortAConnection(String workMem, String connections, String ofRole, String verdict) {
    server
        .set("work_mem", workMem)
        .set("max_connections", connections)
        .set("shared_buffers", "16384")
        .sessions("10.0.0.31", "lemmy", "lemmy", 20);
    if (!ofRole.isEmpty()) {
      server.override("lemmy", "", "work_mem", ofRole);
    }

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void unknownWithoutTheHostsMemory() {
    server.set("work_mem", "4096").set("shared_buffers", "16384");
    fleet.host("db1").doesNotTell(Memory.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

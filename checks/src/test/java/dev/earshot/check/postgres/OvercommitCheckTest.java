package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Memory;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OvercommitCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  OvercommitCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({"0, fail low", "1, fail low", "2, pass", "'', unknown"})
  void asTheKernelIsTold(String mode, String verdict) {
    fleet
        .host("db1")
        .answers(Memory.PROBE, "MemTotal: 64000000 kB\nMemAvailable: 9 kB\n%s\n".formatted(mode));

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void earlierEvidenceIsCalledSo() {
    fleet.host("db1").answers(Memory.PROBE, "MemTotal: 64000000 kB\nMemAvailable: 9 kB\n");

    assertThat(fleet.judge(new OvercommitCheck()).getFirst().verdict().because())
        .contains("of an earlier version");
  }

  @Test
  void aHostThatDoesNotTellIsUnknown() {
    fleet.host("db1").doesNotTell(Memory.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void containersShareTheirHost() {
    fleet
        .host("db1")
        .answers(
            PostgresSettings.PROBE,
            """
            === 5432 docker db
            @settings
            name,setting,source,sourcefile,sourceline,pending_restart
            server_version_num,160004,default,,,f
            """);

    assertThat(verdicts())
        .singleElement()
        .satisfies(verdict -> assertThat(verdict).startsWith("notApplicable"));
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new OvercommitCheck()));
  }
}

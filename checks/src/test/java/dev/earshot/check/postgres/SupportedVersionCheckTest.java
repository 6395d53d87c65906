package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportedVersionCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  SupportedVersionCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "150018, 2027-05-11, pass",
    "150018, 2027-05-12, fail medium",
    "150018, 2027-11-11, fail medium",
    "150018, 2027-11-12, fail high",
    "90624, 2020-01-01, fail high",
    "100001, 2030-01-01, fail high",
    "180000, 2026-01-01, pass",
    "770000, 2026-01-01, unknown",
    "0, 2026-01-01, unknown"
  })
  void byTheDayOfTheAudit(String version, LocalDate day, String verdict) {
    server.set("server_version_num", version);
    fleet.at(day.atStartOfDay(ZoneOffset.UTC).toInstant());

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void namesTheDay() {
    assertThat(because())
        .isEqualTo("db1: PostgreSQL 15, whose final release is that of 2027-11-11");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new SupportedVersionCheck()));
  }

  private String because() {
    return fleet.judge(new SupportedVersionCheck()).getFirst().verdict().because();
  }
}

package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinorVersionCheckTest {

  private static final Check CHECK = new MinorVersionCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  MinorVersionCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "150019, 15.19, 2026-11-20, pass",
    "150019, 15.19, 2026-11-22, unknown", // others have followed
    "150018, 15.18, 2026-11-27, fail medium",
    "150018, 15.18, 2026-09-10, pass", // a month to get there
    "150018, 15.18, 2026-05-20, pass", // nobody could know
    "150014, 15.14, 2026-11-27, fail high",
    "150013, 15.13, 2026-09-01, fail high", // 15.14 is out since August 14th of 2025
    "180006, 18.6 (Debian 18.6-1.pgdg12+1), 2026-11-20, pass",
    "180001, 18.1, 2026-03-15, fail medium", // 18.2 is out since February 12th
    "180005, 18.5, 2026-11-27, fail medium",
    "130022, 13.22, 2026-11-27, fail high",
    "130023, 13.23, 2030-01-01, pass", // its last
    "110001, 11.1, 2026-11-27, notApplicable",
    "150019, 15.19, 2027-06-01, unknown",
    "150020, 15.20, 2026-11-27, unknown", // younger than this table
    "190000, 19.0, 2026-11-27, unknown",
    "190000, 19beta2, 2026-11-27, fail high",
    "180000, 18rc1, 2026-11-27, fail high"
  })
  void byTheDayOfTheAudit(String number, String version, String day, String verdict) {
    fleet.at(Instant.parse(day + "T10:00:00Z"));
    server.set("server_version_num", number).set("server_version", version);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void withoutTheTextTheNumberTells() {
    fleet.at(Instant.parse("2026-11-27T10:00:00Z"));

    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .isEqualTo("db1: it runs PostgreSQL 15.18; 15.19 is out since 2026-08-13; limit 30 days");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

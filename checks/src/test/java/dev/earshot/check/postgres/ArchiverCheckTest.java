package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiverCheckTest {

  private static final Check CHECK = new ArchiverCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  ArchiverCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "on, 10, '', pass",
    "on, '', '', pass",
    "on, 10, 500, pass", // failed, then succeeded
    "on, 500, 10, fail high",
    "on, '', 10, fail high",
    "always, 500, 10, fail high",
    "off, 500, 10, notApplicable"
  })
  void byWhatCameLast(String mode, String archived, String failed, String verdict) {
    server.set("archive_mode", mode);
    server.health().only("archiver", 7, 3, archived, failed);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({
    "0, '', pass",
    "900, 600, pass", // a burst
    "3, 601, fail medium",
    "3, 3600, fail medium",
    "3, 3601, fail high"
  })
  void filesMayWaitWithoutAnyFailure(int files, String oldest, String verdict) {
    server.set("archive_mode", "on");
    server.health().only("archiver", 7, 0, 10, "").only("backlog", files, oldest);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({"10, '', unknown", "10, 5, fail high", "'', '', unknown"})
  void whoMayNotSeeTheFilesDoesNotKnow(String archived, String failed, String verdict) {
    server.set("archive_mode", "on");
    server.health().only("archiver", 7, 3, archived, failed).hides("backlog");

    assertThat(verdicts()).containsExactly(verdict + " db1");
    if (verdict.equals("unknown")) {
      assertThat(fleet.judge(CHECK).getFirst().verdict().because()).contains("pg_monitor");
    }
  }

  @Test
  void aStandbyLeavesItToItsPrimary() {
    server.set("archive_mode", "on").set("in_hot_standby", "on");
    server.health().standby(1, "1").only("archiver", 0, 3, "", 10);

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void withoutTheModeItIsUnknown() {
    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

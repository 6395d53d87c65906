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

class ChecksumFailuresCheckTest {

  private static final Check CHECK = new ChecksumFailuresCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  ChecksumFailuresCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({"'', notApplicable", "0, pass", "1, fail critical"})
  void byTheCount(String failures, String verdict) {
    server.health().only("counters", "", 0, 0, 0, 0, failures, 9, 9, "", "", "", "", 864_000);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hides("counters");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

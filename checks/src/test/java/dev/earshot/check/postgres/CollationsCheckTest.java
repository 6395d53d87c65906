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

class CollationsCheckTest {

  private static final Check CHECK = new CollationsCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  CollationsCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "2.36, 2.36, pass",
    "2.31, 2.36, fail high",
    "'', 2.36, pass", // template0
    "'', '', pass" // C has no version
  })
  void byTheirVersions(String recorded, String actual, String verdict) {
    server.health().row("collations", "lemmy", recorded, actual);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void olderVersionsDoNotRemember() {
    server.set("server_version_num", "140019");
    server.health().hides("collations");

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hides("collations");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

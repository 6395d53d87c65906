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

class SequencesCheckTest {

  private static final Check CHECK = new SequencesCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  SequencesCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({"70, pass", "70.1, fail medium", "90, fail medium", "90.1, fail high"})
  void byTheShare(double percent, String verdict) {
    server.tables().row("sequences", "public", "s", percent, 5, "public.t.id (integer)");
    server.tables().row("sequences", "public", "other", 1, 5000, "");

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void sequencesThatAreNotShownAreUnknown() {
    server.tables().database("app", 864_000, 2, 0);

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.tables().hides("sequences");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

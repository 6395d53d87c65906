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

class UnusedIndexesCheckTest {

  private static final Check CHECK = new UnusedIndexesCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  UnusedIndexesCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({"864000, fail low", "600000, notApplicable"})
  void aWeekHasToPass(long seconds, String verdict) {
    server.tables().database("app", seconds, 0, 0).row("unused", "public", "i", "post", 1 << 30);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void noneIsGood() {
    assertThat(verdicts()).containsExactly("pass db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.tables().hides("unused");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void droppingIsForThoseWhoAllowIt() {
    server.tables().row("unused", "public", "i", "post", 1 << 30);

    assertThat(fleet.judge(CHECK).getFirst().remedy().orElseThrow().playbook())
        .contains("-d, \"app\", -c, \"DROP INDEX CONCURRENTLY \\\"public\\\".\\\"i\\\"\"]")
        .containsPattern("\n {6}when:\n {8}- earshot_needed.*\n {8}- earshot_allow_disruption");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

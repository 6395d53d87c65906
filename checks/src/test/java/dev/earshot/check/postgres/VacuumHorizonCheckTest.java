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

class VacuumHorizonCheckTest {

  private static final Check CHECK = new VacuumHorizonCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  VacuumHorizonCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "session, 10000000, pass, ''",
    "session, 10000001, fail medium, a session of role lemmy for 10 million transactions",
    "standby, 200000000, fail medium, standby lemmy (its hot_standby_feedback) for 200 million",
    "standby, 200000001, fail high, standby lemmy (its",
    "slot, 90000000, fail medium, slot lemmy for 90",
    "catalog, 90000000, fail medium, slot lemmy (the catalogue) for 90",
    "process, 90000000, fail medium, a process of the server's own (lemmy) for 90",
    "prepared, 90000000, fail medium, a prepared transaction of role lemmy for 90"
  })
  void byTheOldestView(String kind, long age, String verdict, String told) {
    server.health().row("horizon", "session", "other", 5).row("horizon", kind, "lemmy", age);

    assertThat(verdicts()).containsExactly(verdict + " db1");
    assertThat(fleet.judge(CHECK).getFirst().verdict().because()).contains(told);
  }

  @Test
  void evidenceOfEarlierVersionsTellsNoKindOfProcess() {
    server.health().row("horizon", "session", "", 90_000_000);

    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .contains("held back by a process of the server's own for 90 million transactions;");
  }

  @Test
  void whereNobodyLooksItIsWell() {
    assertThat(verdicts()).containsExactly("pass db1");
  }

  @Test
  void aStandbyHasItsPrimarysRows() {
    server.health().standby(1, "3").row("horizon", "session", "lemmy", 90_000_000);

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void evidenceOfEarlierVersionsAndHiddenSessionsAreUnknown() {
    server.health().hides("horizon");
    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void whatSessionsSeeIsHiddenFromOthers() {
    server.health().hidesSessions();

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

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

class AutoExplainCheckTest {

  private static final Check CHECK = new AutoExplainCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  AutoExplainCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "pg_stat_statements, on, on, 1, 0, notApplicable",
    "'pg_stat_statements, auto_explain', on, on, 1, 0, fail medium",
    "auto_explain, on, on, 1, 250, fail medium", // timed before it is known how long it takes
    "auto_explain, on, off, 1, 0, pass",
    "auto_explain, off, on, 1, 0, pass",
    "auto_explain, on, on, 0.01, 0, pass",
    "auto_explain, on, on, 0, 0, pass",
    "auto_explain, on, on, 1, -1, pass"
  })
  void timesOfNodesForEveryStatement(
      String libraries, String analyze, String timing, String rate, String least, String verdict) {
    server
        .set("shared_preload_libraries", libraries)
        .set("auto_explain.log_analyze", analyze)
        .set("auto_explain.log_timing", timing)
        .set("auto_explain.sample_rate", rate)
        .set("auto_explain.log_min_duration", least);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void aRoleMayLoadItForItself() {
    server
        .set("shared_preload_libraries", "")
        .set("session_preload_libraries", "")
        .override("lemmy", "", "session_preload_libraries", "auto_explain")
        .override("lemmy", "", "auto_explain.log_analyze", "on")
        .sessions("10.0.0.31", "lemmy", "lemmy", 5)
        .sessions("10.0.0.31", "other", "lemmy", 5);

    assertThat(verdicts()).containsExactly("fail medium db1");
    assertThat(fleet.judge(CHECK).getFirst().verdict().because()).contains("for role lemmy (");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1, auto_explain.log_min_duration, 1s, fail medium",
    "-1, 1, auto_explain.log_min_duration, -1, pass",
    "0, 1, auto_explain.log_min_duration, -1, fail medium", // for the other role
    "0, 0.01, auto_explain.sample_rate, 1, fail medium",
    "0, 0.01, auto_explain.sample_rate, .5, pass",
    "0, 0.01, auto_explain.sample_rate, 1e-3, pass"
  })
  void aRoleMayHaveMoreOfItLogged(
      String least, String rate, String name, String ofRole, String verdict) {
    server
        .set("shared_preload_libraries", "auto_explain")
        .set("auto_explain.log_analyze", "on")
        .set("auto_explain.log_timing", "on")
        .set("auto_explain.sample_rate", rate)
        .set("auto_explain.log_min_duration", least)
        .override("app", "", name, ofRole)
        .sessions("10.0.0.31", "app", "app", 5)
        .sessions("10.0.0.31", "other", "app", 5);

    assertThat(verdicts()).containsExactly(verdict + " db1");
    if (verdict.startsWith("fail")) {
      assertThat(fleet.judge(CHECK).getFirst().verdict().because())
          .contains("for role %s (".formatted(ofRole.equals("-1") ? "other" : "app"));
    }
  }

  @ParameterizedTest
  @CsvSource({"on, postgresql_set", "off, RESET"})
  void theClockIsTurnedOffWhereItIsOn(String ofServer, String mended) {
    server
        .set("shared_preload_libraries", "auto_explain")
        .set("auto_explain.log_analyze", "on")
        .set("auto_explain.log_timing", ofServer)
        .override("app", "", "auto_explain.log_timing", "on")
        .sessions("10.0.0.31", "app", "app", 5);

    assertThat(fleet.judge(CHECK).getFirst().remedy().orElseThrow().playbook()).contains(mended);
  }

  @Test
  void whatOneRoleLoadsConcernsNoOther() {
    server
        .set("shared_preload_libraries", "")
        .set("session_preload_libraries", "")
        .override("lemmy", "", "session_preload_libraries", "auto_explain")
        .override("lemmy", "", "auto_explain.log_analyze", "off")
        .override("other", "", "auto_explain.log_analyze", "on")
        .sessions("10.0.0.31", "lemmy", "lemmy", 5)
        .sessions("10.0.0.31", "other", "lemmy", 5);

    assertThat(verdicts()).containsExactly("pass db1");
  }

  @Test
  void loadedWithSettingsThatAreHiddenItIsUnknown() {
    server.set("shared_preload_libraries", "auto_explain");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

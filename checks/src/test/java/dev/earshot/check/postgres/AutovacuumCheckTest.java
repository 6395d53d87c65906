package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutovacuumCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  AutovacuumCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({"on, on, pass", "off, on, fail critical", "on, off, fail critical"})
  void autovacuumNeedsItsCounts(String autovacuum, String counts, String verdict) {
    server.set("autovacuum", autovacuum).set("track_counts", counts);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void saysWhoTurnedItOff() {
    server.set(
        "autovacuum", "off", "configuration file", "/var/lib/postgresql/postgresql.auto.conf,3");

    assertThat(because())
        .isEqualTo(
            "db1: autovacuum is off, set in /var/lib/postgresql/postgresql.auto.conf line 3 (ALTER SYSTEM); it has to be on");
    assertThat(fleet.judge(new AutovacuumCheck()).getFirst().remedy())
        .hasValueSatisfying(remedy ->
            assertThat(remedy.playbook())
                .contains(
                    "postgresql_set:", "name: autovacuum", "value: \"on\"", "login_port: 5432"));
  }

  @Test
  void halfOfItIsUnknown() {
    server.set("autovacuum", "on");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new AutovacuumCheck()));
  }

  private String because() {
    return fleet.judge(new AutovacuumCheck()).getFirst().verdict().because();
  }
}

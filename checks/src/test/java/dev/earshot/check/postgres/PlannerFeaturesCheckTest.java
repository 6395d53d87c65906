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

class PlannerFeaturesCheckTest {

  private static final Check CHECK = new PlannerFeaturesCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  PlannerFeaturesCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "on, '', pass db1",
    "off, '', fail medium db1/enable_nestloop",
    "off, on, pass db1",
    "on, FALSE, fail medium db1/enable_nestloop"
  })
  void asItIsForTheRole(String value, String ofRole, String verdict) {
    server.set("enable_nestloop", value).sessions("10.0.0.31", "lemmy", "lemmy", 5);
    if (!ofRole.isEmpty()) {
      server.override("lemmy", "", "enable_nestloop", ofRole);
    }

    assertThat(verdicts()).containsExactly(verdict);
  }

  @Test
  void whatIsOffAsItComesMayStayOff() {
    server.set("enable_partitionwise_join", "off").set("enable_sort", "on").set("geqo", "off");

    assertThat(verdicts()).containsExactly("fail medium db1/geqo");
  }

  @Test
  void whatARoleAloneHasIsTakenBackThere() {
    server
        .set("enable_sort", "on")
        .override("a\"b", "lemmy", "enable_sort", "off")
        .sessions("10.0.0.31", "a\"b", "lemmy", 1);

    assertThat(fleet.judge(CHECK).getFirst().remedy().orElseThrow().playbook())
        .contains(
            "ALTER ROLE \\\"a\\\"\\\"b\\\" IN DATABASE \\\"lemmy\\\" RESET \\\"enable_sort\\\"")
        .doesNotContain("postgresql_set");
  }

  /// What a role has beside it, the next audit tells.
  @Test
  void whatTheServerHasTooIsSetThere() {
    server
        .set("enable_sort", "off")
        .override("app", "", "enable_sort", "off")
        .sessions("10.0.0.31", "app", "app", 1)
        .sessions("10.0.0.31", "other", "app", 1);

    assertThat(fleet.judge(CHECK).getFirst().remedy().orElseThrow().playbook())
        .contains("enable_sort")
        .doesNotContain("RESET");
  }

  @Test
  void withoutAnySettingItIsUnknown() {
    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

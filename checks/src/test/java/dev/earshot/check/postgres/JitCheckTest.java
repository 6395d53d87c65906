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

class JitCheckTest {

  private static final Check CHECK = new JitCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  JitCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "on, 100000, '', fail low",
    "off, 100000, '', pass",
    "on, -1, '', pass",
    "on, 100000, OFF, pass",
    "off, 100000, on, fail low"
  })
  void asItIsForTheRole(String value, String cost, String ofRole, String verdict) {
    server.set("jit", value).set("jit_above_cost", cost).sessions("10.0.0.31", "lemmy", "lemmy", 5);
    if (!ofRole.isEmpty()) {
      server.override("lemmy", "", "jit", ofRole);
    }

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  /// What is set for the server does not reach a role with a value of its own.
  @ParameterizedTest
  @CsvSource({"on, '', postgresql_set", "off, on, RESET"})
  void itIsMendedWhereItIsSet(String value, String ofRole, String how) {
    server.set("jit", value).sessions("10.0.0.31", "lemmy", "lemmy", 5);
    if (!ofRole.isEmpty()) {
      server.override("lemmy", "lemmy", "jit", ofRole);
    }

    assertThat(fleet.judge(CHECK).getFirst().remedy().orElseThrow().playbook()).contains(how);
  }

  @Test
  void withoutTheSettingItIsUnknown() {
    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

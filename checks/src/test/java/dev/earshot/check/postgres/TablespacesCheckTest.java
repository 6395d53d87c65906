package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablespacesCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  TablespacesCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @Test
  void noneIsWell() {
    assertThat(verdicts()).containsExactly("pass db1");
  }

  @Test
  void eachIsNamed() {
    server.health().row("tablespaces", "fast", "t").row("tablespaces", "cold", "t");

    assertThat(verdicts()).containsExactly("fail medium db1");
    assertThat(fleet.judge(new TablespacesCheck()).getFirst().verdict().because())
        .contains("fast, cold; limit none");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hides("tablespaces");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new TablespacesCheck()));
  }
}

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

class ApplicationRolesCheckTest {

  private static final Check CHECK = new ApplicationRolesCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  ApplicationRolesCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.31, app, f, pass",
    "10.0.0.31, app, t, fail medium",
    "10.0.0.31, postgres, f, fail medium",
    "127.0.0.1, postgres, f, notApplicable",
    "'', postgres, f, notApplicable"
  })
  void whoComesOverTheNetwork(String client, String role, String superuser, String verdict) {
    server.sessions(client, role, "app", 5).health().row("roles", "app", superuser, "");

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void withoutItsRolesItIsUnknown() {
    server.sessions("10.0.0.31", "app", "app", 5).health().hides("roles");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

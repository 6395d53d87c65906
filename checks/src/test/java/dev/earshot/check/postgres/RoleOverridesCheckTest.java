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

class RoleOverridesCheckTest {

  private static final Check CHECK = new RoleOverridesCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  RoleOverridesCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "work_mem, 256MB, fail info",
    "synchronous_commit, off, fail info",
    "zero_damaged_pages, on, fail high",
    "session_replication_role, replica, fail high",
    "session_replication_role, origin, fail info"
  })
  void byWhatIsOverridden(String name, String value, String verdict) {
    server.override("lemmy", "", name, value);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void tellsThemAsTheyWereSet() {
    server
        .override("", "", "lock_timeout", "7s")
        .override("", "shop", "search_path", "")
        .override("app", "shop", "work_mem", "1GB");

    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .isEqualTo(
            "db1: SHOW as administrator misleads: ALTER ROLE ALL SET lock_timeout = 7s, ALTER DATABASE shop SET search_path = '', ALTER ROLE app IN DATABASE shop SET work_mem = 1GB; limit none");
  }

  @ParameterizedTest
  @CsvSource({"app, pass db1", "'', fail info db1"})
  void timeoutsBelongToRoles(String role, String verdict) {
    server.override(role, "", "idle_in_transaction_session_timeout", "5min");

    assertThat(verdicts()).containsExactly(verdict);
  }

  @Test
  void noneIsWell() {
    assertThat(verdicts()).containsExactly("pass db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

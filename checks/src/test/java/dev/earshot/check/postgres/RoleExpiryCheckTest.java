package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HostFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleExpiryCheckTest {

  private static final Check CHECK = new RoleExpiryCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  private final HostFixture host = fleet.host("db1", "10.0.0.21").postgres(server);

  @ParameterizedTest
  @CsvSource({
    "app, '', pass",
    "app, 1000604801, pass",
    "app, 1000604800, fail medium",
    "app, 1000000000, fail high", // new sessions are refused already
    "idle, 1000000001, fail medium",
    "idle, 1000000000, pass" // ended, and nobody misses it
  })
  void aWeekAhead(String role, String until, String verdict) {
    fleet.at(Instant.ofEpochSecond(1_000_000_000));
    server.sessions("10.0.0.31", "app", "app", 5).health().row("roles", role, "f", until);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({
    "app, '', pass, ''",
    "app, 32503593600, pass, ''", // the year 2999
    "app, 253370764800, pass, ''", // 9999
    "app, 1000604800, fail medium, app's ends in 7 days;",
    "app, 1000000000, unknown, the passwords of app have ended"
  })
  void whoHoldsSessionsMayBeHidden(String role, String until, String verdict, String told) {
    fleet.at(Instant.ofEpochSecond(1_000_000_000));
    host.doesNotTell(PostgresActivity.PROBE, "it took too long");
    server.health().row("roles", role, "f", until);

    assertThat(verdicts()).containsExactly(verdict + " db1");
    assertThat(fleet.judge(CHECK).getFirst().verdict().because()).contains(told);
  }

  @Test
  void whatIsHiddenIsToldBesideWhatFails() {
    fleet.at(Instant.ofEpochSecond(1_000_000_000));
    host.doesNotTell(PostgresActivity.PROBE, "it took too long");
    server.health().row("roles", "app", "f", "1000604800").row("roles", "old", "f", "5");

    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .contains("app's ends in 7 days, old's has ended, and whether it holds sessions");
  }

  @Test
  void withoutItsRolesItIsUnknown() {
    server.health().hides("roles");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionsCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  ConnectionsCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "0, pass",
    "67, pass",
    "68, fail medium",
    "87, fail medium",
    "88, fail high",
    "100, fail high"
  })
  void sessionsAgainstWhatOrdinaryRolesMayUse(int count, String verdict) {
    // 100 less 3 for superusers: 70 % are 67.9, 90 % are 87.3
    server.sessions("10.0.0.31", "app", "app", count);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void theRemedyTalksToThatServer() {
    fleet
        .host("db2", "10.0.0.22")
        .postgres(new PostgresFixture(5444).sessions("", "app", "app", 99));

    assertThat(fleet.judge(new ConnectionsCheck()).getLast().remedy())
        .hasValueSatisfying(remedy ->
            assertThat(remedy.playbook())
                .contains("name: max_connections", "value: \"194\"", "login_port: 5444"));
  }

  @ParameterizedTest
  @CsvSource({"many", "-1", "99999999999999999999", "2"})
  void aLimitThatMakesNoSenseIsUnknown(String limit) {
    server.set("max_connections", limit);

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void unreadSessionsAreUnknown() {
    fleet.host("db1").doesNotTell(PostgresActivity.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void serversOnOneHostAreToldApart() {
    FleetFixture two = new FleetFixture();
    String settings =
        """
        === 5432
        @settings
        name,setting
        server_version_num,150018
        === 5433
        @settings
        name,setting
        server_version_num,150018
        """;
    two.host("db1", "10.0.0.21").answers(PostgresSettings.PROBE, CommandResult.of(settings));

    assertThat(Verdicts.of(two.judge(new ConnectionsCheck())))
        .containsExactly("unknown db1", "unknown db1/port 5433");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new ConnectionsCheck()));
  }
}

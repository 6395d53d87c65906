package dev.earshot.check.lemmy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.LemmyFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  @ParameterizedTest
  @CsvSource({
    "pool 30 read, 30, 0, pass",
    "pool read, 3, 27, pass",
    "pool read, 2, 28, fail high",
    "pool 5 read, 5, 0, pass",
    "pool 4 read, 4, 0, fail high",
    "pool 97 read, 3, 0, pass",
    "pool 98 read, 3, 0, fail high", // three of a hundred are reserved
    "'', 3, 0, unknown"
  })
  void sessionsAtWorkAgainstThePool(String pool, int idle, int active, String verdict) {
    fleet.host("app1", "10.0.0.31").lemmy("0.19.3", pool);
    database(idle, active);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void unreadSessionsAreUnknown() {
    fleet.host("app1", "10.0.0.31").lemmy("0.19.3", "pool read");
    fleet
        .host("db1", "10.0.0.21")
        .lemmyDatabase(new LemmyFixture())
        .doesNotTell(PostgresActivity.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void aPoolerNeedsFewerSessionsThanItServes() {
    fleet.host("app1", "10.0.0.31").lemmy("0.19.3", "pool 98 read");
    fleet.host("pool1", "10.0.0.41").listens(6432, "pgbouncer");
    fleet.connection("app1", "pool1", 6432).rtt(0.3).roundTrips(5);
    database(3, 0);

    assertThat(verdicts()).containsExactly("pass db1");
  }

  @Test
  void unreadLimitsAreUnknown() {
    fleet.host("app1", "10.0.0.31").lemmy("0.19.3", "pool read");
    database(3, 0);
    fleet.host("db1").doesNotTell(PostgresSettings.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private void database(int idle, int active) {
    String sessions =
        "1010.00 9.0\n=== 5432\n@sessions\nclient,role,database,state,waits_for,sessions\n10.0.0.31,lemmy,lemmy,idle,Client,%d\n10.0.0.31,lemmy,lemmy,active,,%d\n,backup,other,active,,50\n"
                .formatted(idle, active)
            + "@databases\nname,commits\nlemmy,1\n";
    fleet
        .host("db1", "10.0.0.21")
        .postgres(new PostgresFixture())
        .lemmyDatabase(new LemmyFixture())
        .answers(PostgresActivity.PROBE, sessions);
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new PoolCheck()));
  }
}

package dev.earshot.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.Shard;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HaProxyFixture;
import dev.earshot.fixture.PostgresFixture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriftTest {

  private final PostgresFixture oldServer = new PostgresFixture();
  private final PostgresFixture newServer = new PostgresFixture();
  private final FleetFixture before = fleet(oldServer);
  private final FleetFixture now = fleet(newServer).at(Instant.parse("2024-02-02T03:00:00Z"));

  private static FleetFixture fleet(PostgresFixture server) {
    FleetFixture fleet = new FleetFixture();
    fleet.host("db1", "10.0.0.21").postgres(server);
    fleet.host("backend1", "10.0.0.31");
    return fleet;
  }

  @Test
  void theSameFleetAnotherDayHasNotChanged() {
    before.pings("backend1", "db1", 0.3);
    now.pings("backend1", "db1", 0.31);
    before.connection("backend1", "db1", 5432).roundTrips(400);
    now.connection("backend1", "db1", 5432).roundTrips(17);

    assertThat(changes()).isEmpty();
  }

  @Test
  void aSettingIsToldWithBothValuesTheirOriginsAndWhatFollows() {
    safe(oldServer);
    safe(newServer).set("fsync", "off", "configuration file", "/var/lib/pg/postgresql.auto.conf,3");

    assertThat(changes())
        .containsExactly("new postgres.crash-safety/db1/fsync", "changed setting/db1:5432/fsync");
    assertThat(drift().changes().getLast().told())
        .isEqualTo(
            "db1: fsync is 'off', set in /var/lib/pg/postgresql.auto.conf line 3 (ALTER SYSTEM); was 'on', set in /etc/postgresql/postgresql.conf line 12");
    assertThat(drift().changes().getLast().before())
        .contains(new Change.Value("on", "/etc/postgresql/postgresql.conf line 12"));
    assertThat(drift().changes().getLast().now())
        .contains(
            new Change.Value("off", "/var/lib/pg/postgresql.auto.conf line 3 (ALTER SYSTEM)"));
    assertThat(reverse().changes().stream().map(Change::state))
        .containsExactly(Change.State.CHANGED, Change.State.RESOLVED);
  }

  @ParameterizedTest
  @CsvSource({
    "configuration file, '/var/lib/pg/postgresql.auto.conf,3', 'set in /var/lib/pg/postgresql.auto.conf line 3 (ALTER SYSTEM)'",
    "default, '', by default",
    "command line, '', set by command line"
  })
  void whoSetsAValueIsToldThoughItStaysTheSame(String source, String place, String told) {
    oldServer.set("jit", "on", "configuration file", "/etc/postgresql/postgresql.conf,12");
    newServer.set("jit", "on", source, place);

    assertThat(drift().changes())
        .extracting(Change::told)
        .containsExactly(
            "db1: jit is 'on', %s; was 'on', set in /etc/postgresql/postgresql.conf line 12"
                .formatted(told));
  }

  @Test
  void aLineThatMovesInItsFileOrAFileThatIsHiddenIsNoDrift() {
    oldServer.set("jit", "on", "configuration file", "/etc/postgresql/postgresql.conf,12");
    newServer.set("jit", "on", "configuration file", "/etc/postgresql/postgresql.conf,14");
    oldServer.set("work_mem", "4096", "configuration file", "/etc/postgresql/postgresql.conf,13");
    newServer.set("work_mem", "4096", "configuration file", "");

    assertThat(changes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "configuration file, '/etc/postgresql/17/postgresql.conf,14', set in /etc/postgresql/17/postgresql.conf",
    "default, '', by default",
    "command line, '', set by command line"
  })
  void manySettingsFromAnotherFileAreOneChange(String source, String place, String told) {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      oldServer.set(name, "1", "configuration file", "/etc/postgresql/16/postgresql.conf,12");
      newServer.set(name, "1", source, place);
    }

    assertThat(drift().changes())
        .extracting(Change::told)
        .containsExactly(
            "db1: 5 settings have the values that they had, now %s, before set in /etc/postgresql/16/postgresql.conf: a, b, c and 2 more"
                .formatted(told));
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "session", "user", "database"})
  void whatHoldsForTheSessionThatAskedIsNoDrift(String source) {
    oldServer.set("datestyle", "ISO", "configuration file", "/etc/postgresql/postgresql.conf,12");
    newServer.set("datestyle", "ISO", source, "");
    oldServer.set("timezone", "UTC", "default", "");
    newServer.set("timezone", "Europe/Berlin", source, "");

    assertThat(changes()).isEmpty();
    assertThat(reverse().changes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "default, 'by default'",
    "command line, 'set by command line'",
    "environment variable, 'set by environment variable'"
  })
  void whatNoFileSetsIsToldWithItsSource(String source, String told) {
    oldServer.set("jit", "on", source, "");
    newServer.set("jit", "off");

    assertThat(drift().changes())
        .extracting(Change::told)
        .contains(
            "db1: jit is 'off', set in /etc/postgresql/postgresql.conf line 12; was 'on', " + told);
  }

  @ParameterizedTest
  @CsvSource({
    "lemmy, '', role lemmy, ALTER ROLE lemmy SET",
    "'', shop, every role in database shop, ALTER DATABASE shop SET",
    "lemmy, shop, role lemmy in database shop, ALTER ROLE lemmy IN DATABASE shop SET",
    "'', '', every role, ALTER ROLE ALL SET"
  })
  void anOverrideIsASettingToo(String role, String database, String whose, String statement) {
    oldServer.override("other", "", "work_mem", "8MB");
    newServer.override("other", "", "work_mem", "8MB").override(role, database, "work_mem", "64MB");

    assertThat(drift().changes())
        .extracting(Change::told)
        .contains("db1: work_mem for %s is '64MB' (%s); was not set".formatted(whose, statement));
    assertThat(reverse().changes())
        .extracting(Change::told)
        .contains("db1: work_mem for %s is not set; was '64MB' (%s)".formatted(whose, statement));
  }

  @Test
  void whatFailsAsBeforeIsUnchangedWhateverElseChanges() {
    safe(oldServer).set("fsync", "off");
    safe(newServer).set("fsync", "off").set("full_page_writes", "off");

    assertThat(drift().unchanged())
        .extracting(Change::state, Change::key)
        .contains(tuple(Change.State.UNCHANGED, "postgres.crash-safety/db1/fsync"));
    assertThat(drift().unchanged())
        .extracting(Change::key)
        .doesNotContainAnyElementsOf(drift().changes().stream().map(Change::key).toList());
    assertThat(changes()).contains("new postgres.crash-safety/db1/full_page_writes");
  }

  /// Echo requests of 1, 2, … ms have a spread of their own.
  @ParameterizedTest
  @CsvSource({
    "0.3, 0.7, ''",
    "0.3, 0.9, regressed",
    "25, 27, ''",
    "25, 28, regressed",
    "25.3, 0.3, improved"
  })
  void roundTripsChangeByMoreThanTheyVary(double old, double current, String state) {
    before.host("backend1").pings("db1", "10.0.0.21", old, 10, 10);
    now.host("backend1").pings("db1", "10.0.0.21", current, 10, 10);

    assertThat(changes())
        .filteredOn(change -> change.endsWith(" round-trip/backend1/db1"))
        .isEqualTo(state.isEmpty() ? List.of() : List.of(state + " round-trip/backend1/db1"));
  }

  @Test
  void aScatteredRoundTripHasToChangeByMore() {
    before.host("backend1").pings("db1", "10.0.0.21", 1, 1, 1, 4, 4);
    now.host("backend1").pings("db1", "10.0.0.21", 3, 3, 3, 3, 3);

    assertThat(changes()).noneMatch(change -> change.contains("round-trip"));
  }

  /// Echo requests get no answer, so the shortest that the kernel saw counts.
  @ParameterizedTest
  @CsvSource({"0.3, 0.7, ''", "0.3, 1.9, regressed", "25, 0.4, improved", "25, 27, ''"})
  void withoutAnswersTheKernelsShortestCounts(double old, double current, String state) {
    before.connection("backend1", "db1", 5432).rtt(old);
    now.connection("backend1", "db1", 5432).rtt(current);

    assertThat(changes())
        .filteredOn(change -> change.contains("round-trip"))
        .isEqualTo(state.isEmpty() ? List.of() : List.of(state + " round-trip/backend1/db1"));

    before.pings("backend1", "db1", 0.3);
    now.pings("backend1", "db1", 0.3);
    assertThat(changes()).noneMatch(change -> change.contains("round-trip"));
  }

  @Test
  void aPeerThatIsSilentNowIsTold() {
    before.host("backend1").pings("db1", "10.0.0.21", 0.3, 10, 10);
    now.host("backend1").pings("db1", "10.0.0.21", 0.3, 10, 0);

    assertThat(changes()).contains("changed round-trip/backend1/db1");
  }

  @Test
  void rulesThatComeAndGoAreToldWithTheirLinesAndOnesThatMoveAreNot() {
    oldServer
        .hba(97, "host", "shop", "lemmy", "10.0.0.31", "255.255.255.255,scram-sha-256")
        .hba(98, "host", "all", "all", "10.0.0.0", "255.0.0.0,scram-sha-256");
    newServer
        .hba(97, "host", "all", "all", "0.0.0.0", "0.0.0.0,trust")
        .hba(99, "host", "shop", "lemmy", "10.0.0.31", "255.255.255.255,scram-sha-256");

    assertThat(drift().changes())
        .filteredOn(change -> change.key().startsWith("rule/"))
        .extracting(Change::told)
        .containsExactly(
            "db1: PostgreSQL has the rule 'host all all 0.0.0.0 0.0.0.0 trust', pg_hba.conf line 97; had none like it",
            "db1: PostgreSQL no longer has the rule 'host all all 10.0.0.0 255.0.0.0 scram-sha-256'; it was pg_hba.conf line 98");
    newServer.hbaError(100, "invalid connection type");
    assertThat(changes()).noneMatch(change -> change.contains("rule/"));
  }

  @Test
  void haProxysVersionAndLimitAreCompared() {
    before.host("backend1").haProxy(new HaProxyFixture());
    now.host("backend1").haProxy(new HaProxyFixture().version("3.1.2").maxConnections(77));

    assertThat(drift().changes())
        .filteredOn(change -> change.key().startsWith("haproxy/"))
        .extracting(Change::key, change -> change.now().orElseThrow())
        .containsExactly(
            tuple("haproxy/backend1/Maxconn", new Change.Value("77", "show info")),
            tuple("haproxy/backend1/version", new Change.Value("3.1.2", "show info")));
  }

  @Test
  void hostsComeAndGoAndFallSilent() {
    before.host("old", "10.0.0.41");
    now.host("young", "10.0.0.42");
    now.host("backend1").unreachable("connection refused");

    assertThat(changes())
        .containsExactlyInAnyOrder("new host/backend1", "changed host/young", "changed host/old");
    assertThat(reverse().changes()).extracting(Change::key).contains("host/backend1");
  }

  @Test
  void aHostThatNoPartAskedIsNotToldAsOutOfReach() {
    now.host("backend1").leftTo(new Shard(2, 3));

    assertThat(drift().changes())
        .extracting(Change::told)
        .contains("backend1 was not asked: part 2 of 3, which asks it, is missing");
    assertThat(reverse().changes()).extracting(Change::told).contains("backend1 is asked again");
  }

  @Test
  void whatCanNoLongerBeAskedIsNews() {
    now.host("db1").doesNotTell(PostgresActivity.PROBE, "sudo: a password is required");

    assertThat(changes()).contains("new probe/db1/postgres.activity");
    assertThat(reverse().changes())
        .extracting(change -> change.state().label() + " " + change.key())
        .contains("resolved probe/db1/postgres.activity");
  }

  /// Neither good nor bad news: nobody can tell.
  @Test
  void whatFailedAndIsUnknownNowIsNoNews() {
    oldServer.set("fsync", "off");
    newServer.without("fsync");

    assertThat(changes()).noneMatch(change -> change.contains("crash-safety"));
  }

  private static PostgresFixture safe(PostgresFixture server) {
    return server
        .set("fsync", "on")
        .set("full_page_writes", "on")
        .set("zero_damaged_pages", "off")
        .set("ignore_checksum_failure", "off")
        .set("ignore_system_indexes", "off");
  }

  private Drift drift() {
    return Drift.between(before.fleet(), now.fleet());
  }

  private Drift reverse() {
    return Drift.between(now.fleet(), before.fleet());
  }

  private List<String> changes() {
    return drift().changes().stream()
        .map(change -> change.state().label() + " " + change.key())
        .toList();
  }
}

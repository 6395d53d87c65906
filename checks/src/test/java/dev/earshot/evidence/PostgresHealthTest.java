package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.evidence.PostgresHealth.Blocked;
import dev.earshot.evidence.PostgresHealth.Checkpoints;
import dev.earshot.evidence.PostgresHealth.Counters;
import dev.earshot.evidence.PostgresHealth.Indexes;
import dev.earshot.evidence.PostgresHealth.Mistake;
import dev.earshot.evidence.PostgresHealth.Role;
import dev.earshot.evidence.PostgresHealth.Slot;
import dev.earshot.evidence.PostgresHealth.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresHealthTest {

  /// A primary in bad shape, and its standby, both of PostgreSQL 15.
  @Test
  void aPrimaryAndItsStandby() {
    List<PostgresHealth> servers =
        Recorded.read(PostgresHealth.PROBE, "postgres-health-15.txt").collected().orElseThrow();

    assertThat(servers).extracting(PostgresHealth::port).containsExactly(5432, 5433);
    assertThat(servers).extracting(PostgresHealth::inRecovery).containsExactly(false, true);
    PostgresHealth primary = servers.getFirst();
    assertThat(primary.transactions().orElseThrow())
        .hasSize(2)
        .first()
        .extracting(Transaction::role, Transaction::state)
        .containsExactly("lemmy", "idle in transaction");
    assertThat(primary.blocked().orElseThrow())
        .singleElement()
        .satisfies(blocked -> assertThat(blocked.waiting()).isGreaterThan(Duration.ofSeconds(5)))
        .extracting(Blocked::lock, Blocked::blocker, Blocked::blockerState)
        .containsExactly("transactionid", "lemmy", "idle in transaction");
    assertThat(primary.prepared().orElseThrow()).hasSize(1);
    assertThat(primary.counters().orElseThrow())
        .filteredOn(counters -> counters.database().equals("lemmy"))
        .singleElement()
        .satisfies(counters -> {
          assertThat(counters.checksumFailures()).contains(0L);
          assertThat(counters.sessions()).isPresent();
          assertThat(counters.counting()).isPresent();
        })
        .extracting(Counters::deadlocks, Counters::tempFiles, Counters::tempBytes)
        .containsExactly(1L, 2L, new Bytes(3_251_392));
    assertThat(primary.slots().orElseThrow())
        .contains(
            new Slot(
                "near",
                "physical",
                true,
                "reserved",
                false,
                Optional.of(new Bytes(0)),
                Optional.empty()));
    assertThat(primary.archiver().orElseThrow().archivedAgo()).isEmpty();
    assertThat(primary.archiver().orElseThrow().failedAgo()).isPresent();
    assertThat(primary.checkpoints()).map(Checkpoints::requested).contains(2L);
    assertThat(primary.standbys().orElseThrow())
        .singleElement()
        .satisfies(standby -> assertThat(standby.state()).isEqualTo("streaming"));
    assertThat(primary.mistakes().orElseThrow())
        .containsExactly(
            new Mistake(
                "/var/lib/postgresql/15/main/postgresql.conf",
                826,
                "wokr_mem",
                "unrecognized configuration parameter"));
    assertThat(primary.indexes().orElseThrow()).contains(new Indexes("lemmy", 1, "public.t_v"));
    assertThat(servers.getLast().receivers()).isEqualTo(1);
    assertThat(servers.getLast().replayed()).isPresent();
  }

  /// A statement that fails prints no header: there is a difference between none and not shown.
  @Test
  void whatIsNotShownIsNotThere() {
    PostgresHealth health =
        parse(
            """
            === 5432
            @server
            version,in_recovery,sees_sessions,receivers,replayed_s
            120022,f,f,0,
            @transactions
            role,database,state,open_s,state_s
            @mistakes
            file,line,setting,error
            @archiver
            archived,failed,archived_ago_s,failed_ago_s
            5,0,-0.2,
            """);

    assertThat(health.transactions()).isEmpty();
    assertThat(health.indexes()).isEmpty();
    assertThat(health.mistakes()).contains(List.of());
    assertThat(health.archiver().orElseThrow().archivedAgo()).contains(Duration.ZERO);
  }

  /// `VALID UNTIL '9999-12-31'` stands in many a handbook, and PostgreSQL's calendar ends in
  /// 294276.
  @ParameterizedTest
  @CsvSource({
    "4102444800.000000, 2100-01-01T00:00:00Z",
    "32503593600, 2999-12-31T00:00:00Z",
    "253402214400.000000, 9999-12-31T00:00:00Z",
    "9224318015999, +294276-12-31T23:59:59Z",
    "0, 1970-01-01T00:00:00Z"
  })
  void passwordsMayEndInManyYears(String seconds, Instant end) {
    PostgresHealth health =
        parse(
            "=== 5432\n@server\nversion,receivers\n1,0\n@roles\nrole,superuser,valid_until_s\napp,f,%s\n"
                .formatted(seconds));

    assertThat(health.roles().orElseThrow())
        .containsExactly(new Role("app", false, Optional.of(end)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "psql: error",
        "=== 5432\n",
        "=== 5432\n@server\nversion,in_recovery\n",
        "=== 5432\n@server\nversion,receivers\n1,-3\n",
        "=== 5432\n@server\nversion,receivers,replayed_s\n1,0,1e300\n",
        "=== 5432\n@server\nversion,receivers\n1,0\n@roles\nrole,superuser,valid_until_s\napp,f,1e300\n",
        "=== 5432\n@server\nversion,receivers\n1,0\n@roles\nrole,superuser,valid_until_s\napp,f,soon\n"
      })
  void refusesWhatPsqlDoesNotPrint(String output) {
    assertThatThrownBy(() -> PostgresHealthTables.parse(output))
        .isInstanceOf(UnreadableOutput.class);
  }

  private static PostgresHealth parse(String output) {
    return PostgresHealthTables.parse(output).getFirst();
  }
}

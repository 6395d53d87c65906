package dev.earshot.check.pgbouncer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.check.Finding;
import dev.earshot.evidence.PgBouncer;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PgBouncerFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolsCheckTest {

  private static final Check CHECK = new PoolsCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PgBouncerFixture pooler = new PgBouncerFixture();

  PoolsCheckTest() {
    fleet.host("pool1", "10.0.0.41").pgBouncer(pooler);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, pass pool1",
    "0, 3, 900, 0, pass pool1", // a moment's
    "3, 0, 0, 0, pass pool1",
    "1, 1, 900, 0, fail medium pool1/pool app/app",
    "0, 0, 0, 199, pass pool1",
    "0, 0, 0, 200, fail medium pool1/pool app/app",
    "0, 1, 1000, 0, pass pool1",
    "0, 1, 1001, 0, fail high pool1/pool app/app"
  })
  void byWhoWaits(int before, int after, long longest, long waited, String verdict) {
    pooler
        .database("app", 5, false)
        .pool("app", "transaction", 5, before, after, longest)
        .counted("app", 100, waited);

    assertThat(verdicts()).containsExactly(verdict);
  }

  @Test
  void oneThatDidNotAnswerIsNotPassedOver() {
    pooler.database("app", 5, false).besides("PgBouncer in docker's container two did not answer");

    assertThat(verdicts()).containsExactly("pass pool1", "unknown pool1");
    assertThat(fleet.judge(CHECK).getLast().verdict().because())
        .isEqualTo("pool1: not all of them: PgBouncer in docker's container two did not answer");
  }

  @ParameterizedTest
  @CsvSource({
    "transaction, 5, default_pool_size = 7, '5 of 5 connections are lent, each for a transaction'",
    "session, 5, '', each for as long as its client stays connected",
    "transaction, 3, '', connections are open"
  })
  void theRemedyFollowsFromTheCause(String mode, int lent, String line, String told) {
    pooler.database("app", 5, false).pool("app", mode, lent, 2, 2, 3000);

    Finding finding = fleet.judge(CHECK).getFirst();
    assertThat(finding.verdict().because()).contains(told);
    assertThat(finding.remedy().orElseThrow().playbook()).contains(line);
    assertThat(finding.remedy().orElseThrow().playbook().isEmpty()).isEqualTo(line.isEmpty());
  }

  @Test
  void theSentenceHasAllNumbers() {
    pooler.database("app", 2, false).pool("app", "session", 2, 2, 2, 2913).counted("app", 4, 48);

    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .isEqualTo(
            "pool1: 2 clients wait for a connection to app as app, the longest for 2913 ms, and a transaction waits 12.0 ms on average; 2 of 2 connections are lent, each for as long as its client stays connected (pool_mode session); limit 1 s");
  }

  /// A host that lies gets no other file of its own changed.
  @ParameterizedTest
  @CsvSource({"/etc/sudoers", "/etc/pgbouncer/../sudoers.ini", "/etc/pgbouncer/x y.ini"})
  void noOtherFileIsChanged(String path) {
    pooler.configuredBy(path).database("app", 2, false).pool("app", "transaction", 2, 2, 2, 2913);

    assertThat(fleet.judge(CHECK).getFirst().remedy().orElseThrow().playbook()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"79, pass pool1", "80, fail high pool1/clients"})
  void byTheRoomForClients(int clients, String verdict) {
    pooler.clients(clients);

    assertThat(verdicts()).containsExactly(verdict);
  }

  @Test
  void aPausedDatabaseIsTold() {
    pooler.database("app", 5, true);

    assertThat(verdicts()).containsExactly("fail high pool1/database app");
  }

  @Test
  void aRestartWithinTheWindowMakesNoMean() {
    pooler.database("app", 5, false).pool("app", "transaction", 5, 0, 0, 0);
    pooler.counted("app", -50, 900);

    assertThat(verdicts()).containsExactly("pass pool1");
  }

  @Test
  void whatDoesNotLetUsInIsUnknown() {
    fleet.host("pool1").doesNotTell(PgBouncer.PROBE, "its console did not let us in");

    assertThat(verdicts()).containsExactly("unknown pool1");
  }

  @Test
  void aPoolerThatOthersUseAndNobodyShowsIsUnknown() {
    fleet.host("pool1").lacks(PgBouncer.PROBE);
    fleet.host("backend1", "10.0.0.31");
    assertThat(verdicts()).containsExactly("notApplicable fleet");

    fleet.connection("backend1", "pool1", 6432);
    assertThat(verdicts()).containsExactly("unknown pool1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

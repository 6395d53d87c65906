package dev.earshot.check.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.check.Measurement;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientGapCheckTest {

  private static final Check CHECK = new ClientGapCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  ClientGapCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
    fleet.host("backend1", "10.0.0.31");
  }

  /// The trial's own numbers, by the delay of the wire: transactions of 21 statements each, of
  /// which 6 s were counted.
  @ParameterizedTest
  @CsvSource({
    "28749, 1369, 5145, 0.19, pass",
    "2394, 114, 5647, 2.48, pass",
    "2436, 116, 5676, 2.45, pass",
    "924, 44, 5758, 6.54, pass",
    "210, 10, 5912, 29.6, pass"
  })
  void findsTheDelayOfTheTrial(
      long calls, long transactions, double idleMs, double gapMs, String verdict) {
    server
        .counted(transactions, 0, 100)
        .idleInTransaction(idleMs)
        .statements(calls, calls * 0.005, 0);
    fleet.connection("backend1", "db1", 5432).rtt(gapMs * 0.9).roundTrips(calls);

    assertThat(verdicts()).containsExactly(verdict + " db1");
    assertThat(fleet.judge(CHECK).getFirst().measured())
        .singleElement()
        .extracting(Measurement::value)
        .satisfies(value -> assertThat(value).isCloseTo(gapMs, Offset.offset(gapMs / 50)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, 1900, 0.01, pass",
    "0.3, 2100, 0.01, fail high", // the network takes 0.3 ms of 2.1 ms
    "1.5, 2900, 0.01, pass",
    "25, 49000, 0.01, pass",
    "25, 51000, 0.01, fail high",
    "0.3, 4900, 1, pass", // statements take long themselves
    "0.3, 5100, 1, fail high"
  })
  void byWhatTheNetworkAndExecutionDoNotExplain(
      double rttMs, double idleMs, double meanMs, String verdict) {
    server.counted(100, 0, 100).idleInTransaction(idleMs).statements(1100, 1100 * meanMs, 0);
    fleet.connection("backend1", "db1", 5432).rtt(rttMs).roundTrips(1100);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void withoutClientsTheNetworksShareIsNotKnown() {
    server.counted(100, 0, 100).idleInTransaction(5000).statements(1100, 11, 0);

    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .isEqualTo(
            "db1: 5.0 ms from a statement's end to the next one's beginning, network and application together, of which the network's share is not known; executing one takes 0.01 ms (1000 gaps); limit 2.0 ms");
  }

  @Test
  void statementsOutsideTransactionsHaveNoGaps() {
    server.counted(1000, 0, 100).statements(1010, 11, 0);

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void whatWasNotToldWithinTheWindowIsUnknown() {
    server.counted(100, 0, 100).statements(1100, 11, 0);

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void withoutTheExtensionItIsUnknown() {
    server.counted(100, 0, 100).idleInTransaction(5000);

    assertThat(verdicts()).containsExactly("unknown db1");
    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .isEqualTo(
            "db1: its statements are not counted: CREATE EXTENSION pg_stat_statements (its transactions wait 50.0 ms for their clients each)");
  }

  @Test
  void resetStatisticsAreUnknown() {
    server.counted(100, 0, 100).idleInTransaction(5000).statements("1000,10,5", "20,1,0");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void unreadCountersAreUnknown() {
    fleet.host("db1").doesNotTell(PostgresActivity.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

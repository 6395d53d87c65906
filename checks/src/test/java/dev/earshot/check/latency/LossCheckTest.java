package dev.earshot.check.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.ContainerSockets;
import dev.earshot.evidence.Ping;
import dev.earshot.evidence.Socket;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  LossCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    fleet.host("a", "10.0.0.31");
  }

  @ParameterizedTest
  @CsvSource({"10, pass", "9, pass", "8, fail high", "1, fail high"})
  void oneEchoLostOfTenIsChance(int received, String verdict) {
    fleet.connection("a", "db1", 5432).roundTrips(0);
    fleet.host("a").pings("db1", "10.0.0.21", 0.3, 10, received);

    assertThat(verdicts()).containsExactly(verdict + " a/db1");
  }

  @ParameterizedTest
  @CsvSource({"5, pass", "4, pass", "3, fail high"})
  void oneEchoLostOfTheFewWithoutAWindowIsChance(int received, String verdict) {
    fleet.withoutWindow().connection("a", "db1", 5432);
    fleet.host("a").pings("db1", "10.0.0.21", 0.3, 5, received);

    assertThat(verdicts()).containsExactly(verdict + " a/db1");
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 0, pass",
    "1000, 10, pass",
    "1000, 11, fail high",
    "20, 2, pass",
    "20, 3, fail high"
  })
  void oneSegmentOfAHundredIsNot(int sent, int again, String verdict) {
    fleet.connection("a", "db1", 5432).roundTrips(sent).sentAgain(again);

    assertThat(verdicts()).containsExactly(verdict + " a/db1");
  }

  @Test
  void allConnectionsOfTwoHostsCountTogether() {
    fleet.connection("a", "db1", 5432).roundTrips(100);
    fleet.connection("a", "db1", 5432).roundTrips(100).sentAgain(5);
    fleet.pings("a", "db1", 1);

    assertThat(verdicts()).containsExactly("fail high a/db1");
    assertThat(because())
        .isEqualTo(
            "a → db1: 0 of 10 echo requests lost (0.0 %), 5 of 200 segments sent again (2.5 %)");
  }

  @Test
  void noServiceWaitsForAnAdministratorsSession() {
    fleet.connection("a", "db1", 22).roundTrips(100).sentAgain(50);

    assertThat(verdicts()).containsExactly("notApplicable fleet");
  }

  @Test
  void theSideThatWasAskedCountsWhatItSent() {
    fleet.incoming("10.0.0.31", "db1", 5432).segments(1000, 100).sentAgain(5);

    assertThat(because()).contains("5 of 100 segments");
  }

  @Test
  void aFilteredPingIsNoLoss() {
    fleet.connection("a", "db1", 5432).roundTrips(50);
    fleet.host("a").pings("db1", "10.0.0.21", 0, 10, 0);

    assertThat(verdicts()).containsExactly("pass a/db1");
  }

  @Test
  void neitherPingsNorSegmentsIsUnknown() {
    fleet.connection("a", "db1", 5432);

    assertThat(verdicts()).containsExactly("unknown a/db1");
  }

  @Test
  void whoCannotPingIsUnknown() {
    fleet.host("a").doesNotTell(Ping.PROBE, "ping is not installed");

    assertThat(verdicts()).containsExactly("unknown a");
  }

  @Test
  void whoseConnectionsWereNotReadMayTalkToAnybody() {
    fleet.host("a").doesNotTell(Socket.PROBE, "ss is not installed");
    fleet.host("db1").doesNotTell(ContainerSockets.PROBE, "not for us to enter");

    assertThat(verdicts()).containsExactly("unknown db1", "unknown a");
  }

  @Test
  void hostsThatDoNotTalkAreNotJudged() {
    fleet.host("a").pings("db1", "10.0.0.21", 0.3, 10, 5);
    fleet.connection("db1", "db1", 5432).roundTrips(9).sentAgain(9);

    assertThat(verdicts()).containsExactly("notApplicable fleet");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new LossCheck()));
  }

  private String because() {
    return fleet.judge(new LossCheck()).getFirst().verdict().because();
  }
}

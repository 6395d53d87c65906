package dev.earshot.check.lemmy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.LemmyFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FederationQueueCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  @ParameterizedTest
  @CsvSource({
    "10, 500, 500, 10, pass", // Lemmy writes down its state once a minute
    "10, 500, 500, 11, fail medium",
    "10, 500, 900, 60, fail medium", // ten seconds tell no rate
    "300, 500, 900, 60, fail high",
    "300, 900, 500, 60, fail medium",
    "10, 500, 500, 1441, fail high",
    "10, 500, 500, 8641, fail critical"
  })
  void ageAndTrend(long window, long first, long then, long minutes, String verdict) {
    database(new LemmyFixture().window(window).behind("a.example", first, then, minutes));

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({
    "300, 500, 800, 'a.example 800 activities, 60 min, failed 2 times in a row, diverging by 1.0/s; over the window 0.1/s to send, 0.1/s came in'",
    "300, 900, 600, 'a.example 600 activities, 60 min, failed 2 times in a row, catching up in 10 min; over the window 0.1/s to send, 0.1/s came in'",
    "300, 600, 600, 'a.example 600 activities, 60 min, failed 2 times in a row, standing still; over the window 0.1/s to send, 0.1/s came in'",
    "10, 600, 600, 'a.example 600 activities, 60 min, failed 2 times in a row, whether it catches up takes --window 180 or more to tell; over the window 3.0/s to send, 2.0/s came in'"
  })
  void saysWhereItLeads(long window, long first, long then, String message) {
    database(new LemmyFixture().window(window).behind("a.example", first, then, 60));

    assertThat(fleet.judge(new FederationQueueCheck()).getFirst().verdict().because())
        .isEqualTo("db1: 1 of 37 live instances are more than 10 min behind: " + message);
  }

  @ParameterizedTest
  @CsvSource({
    "19, 'failed 19 times in a row, standing still'",
    "20, 'failed 20 times in a row and is tried again 1 min after the last time, standing still'",
    "40, 'failed 40 times in a row and is tried again 100 min after the last time, standing still'",
    "2147483647, 'failed 2147483647 times in a row and is tried again 24 h after the last time, standing still'"
  })
  void saysForHowLongLemmyWaits(int failures, String message) {
    database(new LemmyFixture().window(300).failing(failures).behind("a.example", 600, 600, 60));

    assertThat(fleet.judge(new FederationQueueCheck()).getFirst().verdict().because())
        .contains(message);
  }

  @Test
  void allDeadIsNobodyLate() {
    database(new LemmyFixture().peers(40, 40));

    assertThat(verdicts()).containsExactly("fail high db1");
  }

  @Test
  void nobodyBehindPasses() {
    database(new LemmyFixture());

    assertThat(verdicts()).containsExactly("pass db1");
  }

  private void database(LemmyFixture lemmy) {
    fleet.host("db1", "10.0.0.21").lemmyDatabase(lemmy);
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new FederationQueueCheck()));
  }
}

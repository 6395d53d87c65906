package dev.earshot.check.lemmy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.Evidence.Collected;
import dev.earshot.evidence.Evidence.Uncollected;
import dev.earshot.evidence.Remote;
import dev.earshot.evidence.Remote.Others;
import dev.earshot.evidence.Remote.Poll;
import dev.earshot.evidence.Remote.Sent;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.LemmyFixture;
import dev.earshot.fixture.Verdicts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteQueueCheckTest {

  private static final Check CHECK = new RemoteQueueCheck();
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final FleetFixture fleet = new FleetFixture();

  RemoteQueueCheckTest() {
    fleet.host("db1", "10.0.0.21").lemmyDatabase(new LemmyFixture());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 90000, pass",
    "500, 10, pass",
    "500, 11, fail medium",
    "500, 1441, fail high",
    "500, 8641, fail critical"
  })
  void byTheTimeThatItIsBehind(long behind, long minutes, String verdict) {
    remote(poll(0, 5000, behind, minutes), poll(10, 5000, behind, minutes));

    assertThat(verdicts()).containsExactly(verdict + " db1/from lemmy.example");
  }

  @ParameterizedTest
  @CsvSource({
    "10, 5000, 400, fail medium, takes --window 180 or more to tell",
    "200, 5000, 400, fail medium, caught up in 13 min",
    "200, 5600, 900, fail high, diverging by 2.0/s",
    "200, 5000, 500, fail medium, standing still"
  })
  void whetherItCatchesUp(long seconds, long newest, long behind, String verdict, String sentence) {
    remote(poll(0, 5000, 500, 60), poll(seconds, newest, behind, 60));

    assertThat(verdicts()).containsExactly(verdict + " db1/from lemmy.example");
    assertThat(because()).contains(sentence).contains("2.0/s came in from all");
  }

  @ParameterizedTest
  @CsvSource({
    "900, 3, '; of the 900 others that it reaches, 3 are half as far behind or more; limit'",
    "900, 1, ', 1 is half as far'",
    "900, 0, ', none is half as far'",
    "0, 0, 'came in from all; limit'"
  })
  void whetherItIsLateWithUsAlone(int reached, int asLate, String sentence) {
    Evidence<Poll> end =
        new Collected<>(
            new Poll(
                NOW,
                5000,
                Optional.of(NOW),
                Optional.of(new Sent(4000, Optional.of(NOW.minusSeconds(3600)), 0)),
                Optional.of(new Others(reached, asLate))));
    remote(poll(-200, 5000, 1000, 60), end);

    assertThat(because()).contains(sentence);
  }

  @Test
  void whoDoesNotNameUsIsUnknown() {
    Evidence<Poll> poll =
        new Collected<>(new Poll(NOW, 5000, Optional.of(NOW), Optional.empty(), Optional.empty()));
    remote(poll, poll);

    assertThat(verdicts()).containsExactly("unknown db1/from lemmy.example");
    assertThat(because()).contains("does not name lemmy.ours", "--domain");
  }

  @Test
  void whoDoesNotAnswerIsUnknown() {
    remote(poll(0, 5000, 0, 0), new Uncollected<>("no answer within 20 s"));

    assertThat(verdicts()).containsExactly("unknown db1/from lemmy.example");
    assertThat(because()).isEqualTo("lemmy.example: no answer within 20 s");
  }

  @Test
  void whoDoesNotSaySinceWhenIsUnknown() {
    Evidence<Poll> poll =
        new Collected<>(
            new Poll(
                NOW,
                5000,
                Optional.empty(),
                Optional.of(new Sent(4000, Optional.empty(), 0)),
                Optional.empty()));
    remote(poll, poll);

    assertThat(verdicts()).containsExactly("unknown db1/from lemmy.example");
  }

  @Test
  void theFirstAnswerMayBeMissing() {
    remote(new Uncollected<>("refused"), poll(0, 5000, 500, 60));

    assertThat(verdicts()).containsExactly("fail medium db1/from lemmy.example");
  }

  @Test
  void withoutRemotesNothingIsJudged() {
    assertThat(verdicts()).containsExactly("notApplicable fleet");
  }

  private void remote(Evidence<Poll> start, Evidence<Poll> end) {
    fleet.remote(new Remote("lemmy.example", "lemmy.ours", start, end));
  }

  private static Evidence<Poll> poll(long seconds, long newest, long behind, long minutes) {
    return new Collected<>(
        new Poll(
            NOW.plusSeconds(seconds),
            newest,
            Optional.of(NOW),
            Optional.of(new Sent(newest - behind, Optional.of(NOW.minusSeconds(minutes * 60)), 0)),
            Optional.empty()));
  }

  private String because() {
    return fleet.judge(CHECK).getFirst().verdict().because();
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}

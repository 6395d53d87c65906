package dev.earshot.ssh;

import static dev.earshot.ssh.Prospect.BROKEN_OFF;
import static dev.earshot.ssh.Prospect.CROWDED;
import static dev.earshot.ssh.Prospect.MISHAP;
import static dev.earshot.ssh.Prospect.TURNED_AWAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptsTest {

  private static Attempts attempts(int connections, int retries) {
    return new Attempts(new Patience(Optional.empty(), connections, retries, Duration.ZERO, 3));
  }

  private static List<Duration> pauses(Attempts attempts, Prospect each) {
    List<Duration> pauses = new ArrayList<>();
    for (var next = attempts.another(each);
        next.isPresent() && pauses.size() < 100;
        next = attempts.another(each)) {
      pauses.add(next.get());
    }
    return pauses;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, UNREACHED, ''",
    "3, 0, UNREACHED, 1 1",
    "1, 3, UNREACHED, 0 1 3",
    "1, 8, UNREACHED, 0 1 3 7 15 30 30 30",
    "2, 2, UNREACHED, 1 0 1 1 1", // ConnectionAttempts are those of each of Ansible's tries
    "3, 0, BROKEN_OFF, ''", // OpenSSH counts connections only
    "3, 2, BROKEN_OFF, 0 1",
    "1, 0, MISHAP, 0",
    "1, 2, MISHAP, 0 0 1",
    "9, 9, NONE, ''",
  })
  void as_often_as_was_asked_for(int connections, int retries, Prospect prospect, String seconds) {
    Attempts attempts = attempts(connections, retries);
    List<Duration> pauses = pauses(attempts, prospect);
    assertThat(pauses.stream().map(each -> "" + each.toSeconds()).collect(Collectors.joining(" ")))
        .isEqualTo(seconds);
    assertThat(attempts.made()).isEqualTo(1 + pauses.size());
  }

  @Test
  void some_more_where_nobody_said_why() {
    assertThat(pauses(attempts(1, 0), TURNED_AWAY)).hasSize(Attempts.MOST_TURNED_AWAY);
    assertThat(pauses(attempts(1, 2), TURNED_AWAY)).hasSize(Attempts.MOST_TURNED_AWAY + 2);
  }

  @Test
  void on_and_on_where_the_server_is_busy_even_if_it_says_so_only_once() {
    assertThat(pauses(attempts(1, 0), CROWDED)).hasSize(100);
    Attempts attempts = attempts(1, 0);
    assertThat(attempts.another(CROWDED)).isPresent();
    assertThat(pauses(attempts, TURNED_AWAY)).hasSize(100);
    assertThat(attempts.another(BROKEN_OFF)).isEmpty();
  }

  @Test
  void backs_off_further_each_time_and_not_in_step() {
    List<List<Duration>> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.add(pauses(attempts(1, 0), CROWDED));
    }
    for (int n = 0; n < 10; n++) {
      int turn = n;
      Duration longest =
          n < 4 ? Attempts.FIRST_BACKOFF.multipliedBy(1L << n) : Attempts.LONGEST_BACKOFF;
      assertThat(many)
          .extracting(pauses -> pauses.get(turn))
          .allSatisfy(pause -> assertThat(pause).isBetween(longest.dividedBy(2), longest))
          .satisfies(pauses -> assertThat(pauses.stream().distinct().count()).isGreaterThan(3));
    }
  }

  @Test
  void one_mishap_is_forgiven_between_others() {
    Attempts attempts = attempts(1, 0);
    assertThat(attempts.another(TURNED_AWAY)).isPresent();
    assertThat(attempts.another(MISHAP)).contains(Duration.ZERO);
    assertThat(attempts.another(MISHAP)).isEmpty();
    assertThat(attempts.made()).isEqualTo(3);
  }
}

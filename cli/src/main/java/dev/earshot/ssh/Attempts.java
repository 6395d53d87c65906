package dev.earshot.ssh;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Counts one login's attempts and says when the next is due: as often as its user wants, and
/// oftener where attempts are known to fail by chance.
final class Attempts {
  static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
  static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);

  /// Enough to get past a busy OpenSSH that hangs up without a word, in most cases, and few for one
  /// that refuses us on purpose and keeps a log.
  static final int MOST_TURNED_AWAY = 5;

  private static final Duration BETWEEN_CONNECTIONS = Duration.ofSeconds(1);
  private static final int LONGEST_RETRY_PAUSE = 30;

  private final Patience patience;
  private int made = 1;
  private int connections = 1;
  private int retries;
  private int turnedAway;
  private boolean crowded;
  private boolean mishap;

  Attempts(Patience patience) {
    this.patience = patience;
  }

  /// How many there were, the one under way included.
  int made() {
    return made;
  }

  /// How long to wait before another attempt; absent if there should be none.
  Optional<Duration> another(Prospect prospect) {
    Optional<Duration> pause = pause(prospect);
    if (pause.isPresent()) {
      made++;
    }
    return pause;
  }

  private Optional<Duration> pause(Prospect prospect) {
    return switch (prospect) {
      case NONE -> Optional.empty();
      case UNREACHED -> connect();
      case BROKEN_OFF -> retry();
      case MISHAP -> mishap();
      case TURNED_AWAY ->
          crowded || turnedAway < MOST_TURNED_AWAY ? Optional.of(backoff()) : retry();
      case CROWDED -> {
        crowded = true;
        yield Optional.of(backoff());
      }
    };
  }

  private Optional<Duration> connect() {
    if (connections >= patience.attempts()) {
      return retry();
    }
    connections++;
    return Optional.of(BETWEEN_CONNECTIONS);
  }

  private Optional<Duration> retry() {
    if (retries >= patience.retries()) {
      return Optional.empty();
    }
    connections = 1;
    int seconds = Math.min(LONGEST_RETRY_PAUSE, (1 << Math.min(retries, 5)) - 1);
    retries++;
    return Optional.of(Duration.ofSeconds(seconds));
  }

  private Optional<Duration> mishap() {
    if (mishap) {
      return retry();
    }
    mishap = true;
    return Optional.of(Duration.ZERO);
  }

  /// Longer each time, and by chance, so that those who were turned away together do not come back
  /// together.
  private Duration backoff() {
    long longest =
        Math.min(LONGEST_BACKOFF.toMillis(), FIRST_BACKOFF.toMillis() << Math.min(turnedAway, 10));
    turnedAway++;
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
  }
}

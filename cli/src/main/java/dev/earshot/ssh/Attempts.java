package dev.earshot.ssh;

import dev.earshot.ssh.UnreachableException.Stage;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.sshd.client.session.ClientSession;

/// Tries a host again where another attempt may come farther: as often as OpenSSH and Ansible are
/// told to, and by itself where a server turns us away, as many at once make sshd do
/// (`MaxStartups`). Never after the user was refused.
final class Attempts {

  /// For a host that names no time of its own: Ansible's.
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// A server that hangs up for longer than this does not do it for want of time.
  private static final Duration BACK_OFF = Duration.ofSeconds(30);

  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
  private static final int LONGEST_RETRY_SECONDS = 30;

  private final SshTarget target;
  private final Bastions.Login once;

  /// @param once makes one attempt
  Attempts(SshTarget target, Bastions.Login once) {
    this.target = target;
    this.once = once;
  }

  /// @param deadline for all attempts together; each has the target's own time besides
  ClientSession open(Deadline deadline) throws UnreachableException, InterruptedException {
    Patience patience = target.patience();
    Deadline backOff = deadline.orIn(BACK_OFF);
    int attempts = 1;
    int retries = 0;
    for (int turnedAway = 0; ; ) {
      try {
        return once.open(target, deadline.orIn(patience.connect().orElse(CONNECT)));
      } catch (UnreachableException e) {
        Duration pause;
        if (e.stage() == Stage.TURNED_AWAY && !backOff.passed()) {
          pause = backOff(turnedAway++);
        } else if (e.stage() == Stage.UNREACHED && attempts < patience.attempts()) {
          attempts++;
          pause = BETWEEN_ATTEMPTS;
        } else if (e.stage() != Stage.DECIDED && retries < patience.retries()) {
          retries++;
          pause =
              Duration.ofSeconds(Math.min((1L << Math.min(retries, 6)) - 1, LONGEST_RETRY_SECONDS));
        } else {
          throw e;
        }
        if (deadline.remaining().compareTo(pause) <= 0) {
          throw e;
        }
        Thread.sleep(pause);
      }
    }
  }

  /// Longer each time, and for each host another while, so that they don't all come again at once.
  private static Duration backOff(int turnedAway) {
    long most = Math.min(LONGEST.toMillis(), SHORTEST.toMillis() << Math.min(turnedAway, 10));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }
}

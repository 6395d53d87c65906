package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MilestonesTest {

  private static final Duration STEP = Duration.ofMillis(20);

  /// As where `RekeyLimit` is small, before the user is let in or after.
  @Test
  void keys_that_are_exchanged_anew_change_nothing() throws InterruptedException {
    Milestones milestones = new Milestones();
    milestones.connected();
    milestones.keyed();
    Duration keyExchange = milestones.keyExchange();
    Thread.sleep(STEP);
    milestones.keyed();
    milestones.authenticated();
    milestones.keyed();

    assertThat(milestones.keyExchange()).isEqualTo(keyExchange);
    assertThat(milestones.authentication()).isGreaterThanOrEqualTo(STEP);
  }
}

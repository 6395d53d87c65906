package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostRecordingTest {

  private static final InventoryHost HOST =
      new InventoryHost(new HostName("db1"), "db1", List.of(), Optional.empty(), "hosts", 1);

  @Test
  void who_could_not_be_reached_and_who_was_not_asked_are_told_apart() {
    silent(
        HostRecording.unreachable(HOST, "Connection refused"),
        "the host was not reached: Connection refused");
    silent(
        HostRecording.unreachable(HOST, new Shard(2, 3).missing()),
        "the host was not reached: part 2 of 3, which asks it, is missing");
    silent(
        HostRecording.leftTo(new Shard(2, 3), HOST),
        "the host was not asked: part 2 of 3, which asks it, is missing");
  }

  private static void silent(HostRecording silent, String told) {
    assertThat(silent.silence()).contains(told);
    assertThat(HostEvidence.of(silent).os()).isEqualTo(new Evidence.Uncollected<>(told));
  }

  @Test
  void who_answered_was_not_silent() {
    assertThat(
            new HostRecording(HOST, Optional.empty(), Optional.of("it went away"), Map.of())
                .silence())
        .isEmpty();
  }
}

package dev.earshot.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelayLineTest {
  private static final long FAR_FUTURE = 1_000_000;

  private final DelayLine line = new DelayLine(4);

  @Test
  void a_frame_is_held_until_it_is_due_and_not_a_nanosecond_longer() {
    line.hold(frame(7), 2, 100);
    assertThat(line.release(99)).isEmpty();
    assertThat(line.release(100))
        .hasValueSatisfying(held -> {
          assertThat(held.port()).isEqualTo(2);
          assertThat(held.frame()).containsExactly(7);
        });
    assertThat(line.release(FAR_FUTURE)).isEmpty();
  }

  @Test
  void a_near_frame_overtakes_a_far_one() {
    line.hold(frame(1), 0, 200);
    line.hold(frame(2), 0, 100);
    assertThat(released()).containsExactly(2, 1);
  }

  @Test
  void a_burst_with_one_due_time_keeps_its_order() {
    for (int i = 1; i <= 4; i++) {
      line.hold(frame(i), 0, 100);
    }
    assertThat(released()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void a_full_line_drops_what_comes_next_and_has_room_again_later() {
    for (int i = 1; i <= 4; i++) {
      assertThat(line.hold(frame(i), 0, 100)).isTrue();
    }
    assertThat(line.hold(frame(5), 0, 100)).isFalse();
    assertThat(line.release(100)).isPresent();
    assertThat(line.hold(frame(6), 0, 100)).isTrue();
    assertThat(released()).containsExactly(2, 3, 4, 6);
  }

  @Test
  void the_wait_ends_with_the_next_due_frame_or_the_limit() {
    assertThat(line.nanosToNext(0, 50)).isEqualTo(50);
    line.hold(frame(1), 0, 100);
    assertThat(line.nanosToNext(0, 50)).isEqualTo(50);
    assertThat(line.nanosToNext(70, 50)).isEqualTo(30);
    assertThat(line.nanosToNext(120, 50)).as("overdue").isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE - 10, Long.MIN_VALUE, -10})
  void the_clock_may_overflow(long now) {
    line.hold(frame(2), 0, now + 40);
    line.hold(frame(1), 0, now + 20);
    assertThat(line.release(now + 19)).isEmpty();
    assertThat(line.release(now + 20).map(held -> held.frame()[0])).hasValue((byte) 1);
    assertThat(line.nanosToNext(now + 20, 50)).isEqualTo(20);
  }

  private List<Integer> released() {
    List<Integer> frames = new ArrayList<>();
    Optional<DelayLine.Held> next = line.release(FAR_FUTURE);
    while (next.isPresent()) {
      frames.add((int) next.get().frame()[0]);
      next = line.release(FAR_FUTURE);
    }
    return frames;
  }

  private static byte[] frame(int content) {
    return new byte[] {(byte) content};
  }
}

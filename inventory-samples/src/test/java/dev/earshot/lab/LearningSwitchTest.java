package dev.earshot.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class LearningSwitchTest {
  private static final long A = 0x0200_0a4d_0001L;
  private static final long B = 0x0200_0a4d_0002L;
  private static final long BROADCAST = 0xffff_ffff_ffffL;

  private final LearningSwitch ports = new LearningSwitch(3);

  @Test
  void a_broadcast_goes_to_everybody_but_its_sender() {
    assertThat(ports.forward(1, frame(BROADCAST, A))).containsExactly(0, 2);
  }

  @Test
  void an_unknown_receiver_is_looked_for_everywhere_and_then_known_by_its_answer() {
    assertThat(ports.forward(0, frame(B, A))).containsExactly(1, 2);
    assertThat(ports.forward(2, frame(A, B))).containsExactly(0);
    assertThat(ports.forward(0, frame(B, A))).containsExactly(2);
  }

  @Test
  void a_host_that_moves_is_followed() {
    ports.forward(0, frame(BROADCAST, A));
    ports.forward(1, frame(BROADCAST, A));
    assertThat(ports.forward(2, frame(A, B))).containsExactly(1);
  }

  @Test
  void a_frame_to_where_it_came_from_goes_nowhere() {
    ports.forward(0, frame(BROADCAST, A));
    assertThat(ports.forward(0, frame(A, B))).isEmpty();
  }

  @Test
  void a_frame_without_a_whole_header_goes_nowhere() {
    assertThat(ports.forward(0, new byte[Frame.HEADER_BYTES - 1])).isEmpty();
  }

  @Test
  void a_group_is_never_learned_as_a_sender() {
    ports.forward(0, frame(B, BROADCAST));
    assertThat(ports.forward(1, frame(BROADCAST, B))).containsExactly(0, 2);
  }

  @Test
  void a_flood_of_addresses_does_not_grow_the_table_nor_forget_the_known() {
    ports.forward(0, frame(BROADCAST, A));
    for (int i = 0; i < LearningSwitch.MAX_ADDRESSES; i++) {
      ports.forward(1, frame(BROADCAST, 0x0600_0000_0000L + i));
    }
    assertThat(ports.forward(2, frame(A, B))).containsExactly(0);
    assertThat(ports.forward(0, frame(B, A))).as("B came too late").containsExactly(1, 2);
  }

  private static byte[] frame(long destination, long source) {
    return ByteBuffer.allocate(64)
        .putLong(destination << 16 | source >>> 32)
        .putInt((int) source)
        .array();
  }
}

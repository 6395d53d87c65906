package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRecordingTest {

  private static final InventoryHost HOST =
      new InventoryHost(new HostName("db1"), "db1", List.of(), Optional.empty(), "hosts", 1);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Connection refused; the host was not reached: Connection refused",
        "part 2 of 3, which asked it, is missing; the host was not asked: part 2 of 3, which asked it, is missing",
        "it is asked by another part: this one is 1 of 3; the host was not asked: it is asked by another part: this one is 1 of 3",
      })
  void what_no_part_asked_is_not_told_as_out_of_reach(String reason, String told) {
    HostRecording silent = HostRecording.unreachable(HOST, reason);

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

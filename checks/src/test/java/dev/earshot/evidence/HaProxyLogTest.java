package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.evidence.HaProxyLog.Percentiles;
import dev.earshot.evidence.HaProxyLog.Server;
import dev.earshot.evidence.HaProxyLog.Termination;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HaProxyLogTest {

  @Test
  void percentilesPerServer() {
    assertThat(HaProxyLog.parse("log\nserver app/app1 12 0 0 1 2 4 5\nnoise\n").servers())
        .containsExactly(
            new Server(
                "app/app1",
                12,
                new Percentiles(Duration.ZERO, Duration.ZERO, Duration.ofMillis(1)),
                new Percentiles(Duration.ofMillis(2), Duration.ofMillis(4), Duration.ofMillis(5))));
    assertThat(HaProxyLog.parse("log\n").servers()).isEmpty();
  }

  @Test
  void terminationsOfAllRequests() {
    assertThat(HaProxyLog.parse("log\nend -- 880\nend sH 20\nend x\nend <b> 7\n").terminations())
        .containsExactly(new Termination("--", 880), new Termination("sH", 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "halog: not found",
        "log\nserver app/app1 -1 0 0 1 2 4 5\n",
        "log\nserver app/app1 1 0 0 x 2 4 5\n",
        "log\nend SH many\n"
      })
  void refusesWhatTheCommandDoesNotPrint(String output) {
    assertThatThrownBy(() -> HaProxyLog.parse(output)).isInstanceOf(UnreadableOutput.class);
  }
}

package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.collect.Step;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.InventoryHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadwayTest {

  private final Headway headway = new Headway(4, 2, Duration.ofSeconds(10));

  @Test
  void tellsPhaseAndTimeLeftFromBeginningToEnd() {
    assertThat(line(0))
        .isEqualTo("░░░░░░░░░░░░░░░░░░░░ 0 of 4 hosts · logging in · about 26 s left");
    call("web1", 0);
    call("web2", 0);
    assertThat(line(1)).endsWith("logging in · about 19 s left");
    headway.take(new Step.Answering(new HostName("web1")), Duration.ofSeconds(1));
    assertThat(line(2)).contains("· measuring ·");
    finish("web1", Optional.empty(), 20);
    call("db1", 20);
    assertThat(line(20))
        .as("learnt from the first: 20 s each")
        .isEqualTo("█████░░░░░░░░░░░░░░░ 1 of 4 hosts · logging in · about 30 s left");
    finish("web2", Optional.of("refused"), 21);
    call("db2", 21);
    finish("db1", Optional.empty(), 40);
    assertThat(line(40))
        .isEqualTo("███████████████░░░░░ 3 of 4 hosts, 1 failing · logging in · about 1 s left");
    assertThat(line(90)).endsWith("· waiting for db2");
    finish("db2", Optional.empty(), 91);
    headway.take(new Step.Timing(1), Duration.ofSeconds(91));
    assertThat(line(91))
        .isEqualTo(
            "████████████████████ 4 of 4 hosts, 1 failing · timing connections by the SSH servers of 1 host");
  }

  @Test
  void longRunsCountMinutes() {
    Headway fleet = new Headway(2_000, 50, Duration.ofSeconds(10));
    assertThat(fleet.line(Duration.ZERO))
        .endsWith("0 of 2000 hosts · logging in · about 9 min left");
  }

  private String line(int seconds) {
    return headway.line(Duration.ofSeconds(seconds));
  }

  private void call(String host, int seconds) {
    headway.take(new Step.Called(new HostName(host)), Duration.ofSeconds(seconds));
  }

  private void finish(String name, Optional<String> unreachable, int seconds) {
    InventoryHost host =
        new InventoryHost(new HostName(name), "192.0.2.1", List.of(), Optional.empty(), "hosts", 1);
    HostRecording recording = new HostRecording(host, unreachable, Optional.empty(), Map.of());
    headway.take(new Step.Finished(recording), Duration.ofSeconds(seconds));
  }
}

package dev.earshot.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.become.Become;
import dev.earshot.become.Become.Method;
import dev.earshot.evidence.ClockOffset;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.ssh.LocalShell;
import dev.earshot.ssh.ShellLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCollectorTest {

  @TempDir private Path bin;

  private static final ShellLimits LIMITS =
      new ShellLimits(Duration.ofSeconds(10), Duration.ofSeconds(60), 24 << 20);

  private static HostRecording collect(Become become) {
    InventoryHost host =
        new InventoryHost(new HostName("me"), "127.0.0.1", List.of(), Optional.empty(), "hosts", 1);
    return HostCollector.collect(
        host,
        Optional.of(become),
        new LocalShell(),
        ProbeProgram.of(Duration.ofSeconds(1), Depth.USUAL, List.of()),
        LIMITS);
  }

  @Test
  void asks_as_the_login_user_where_it_can_become_nobody() {
    HostRecording recording =
        collect(new Become(Method.SUDO, "root", "/no/sudo", "-n", Optional.empty()));
    assertThat(recording.unreachable()).isEmpty();
    assertClockIsOurs(recording);
    assertThat(recording.interrupted())
        .contains(
            "asked as the login user, without become: there is no /no/sudo on the host: install it,"
                + " or correct ansible_become_method or ansible_become_exe");
    assertThat(recording.answers().keySet())
        .containsExactlyInAnyOrderElementsOf(ProbeProgram.questions(Depth.USUAL));
  }

  @Test
  void asks_as_somebody_else() {
    // does what su does, as far as it can without asking anybody
    String su = "sh -c 'exec sh -c \"$4\"' su";
    HostRecording recording = collect(new Become(Method.SU, "root", su, "-", Optional.empty()));
    assertClockIsOurs(recording);
    assertThat(recording.interrupted()).isEmpty();
    assertThat(recording.answers().keySet())
        .containsExactlyInAnyOrderElementsOf(ProbeProgram.questions(Depth.USUAL));
  }

  /// A `date` before the machine's own that is ten minutes ahead.
  @Test
  void a_clock_that_is_off_is_seen() throws IOException {
    Path date =
        Files.writeString(
            bin.resolve("date"), "#!/bin/sh\nexec /bin/date -d '600 seconds' \"$@\"\n");
    assertThat(date.toFile().setExecutable(true)).isTrue();
    String su = "sh -c 'PATH=%s:$PATH exec sh -c \"$4\"' su".formatted(bin);
    HostRecording recording = collect(new Become(Method.SU, "root", su, "-", Optional.empty()));
    ClockOffset offset = HostEvidence.of(recording).clock().collected().orElseThrow();
    assertThat(offset.ahead().minusSeconds(600).abs()).isLessThanOrEqualTo(offset.uncertainty());
  }

  /// The host is this machine, so that its clock is that of the machine that asks.
  private static void assertClockIsOurs(HostRecording recording) {
    ClockOffset offset = HostEvidence.of(recording).clock().collected().orElseThrow();
    assertThat(offset.ahead().abs()).isLessThanOrEqualTo(offset.uncertainty());
    assertThat(offset.uncertainty()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(5));
  }
}

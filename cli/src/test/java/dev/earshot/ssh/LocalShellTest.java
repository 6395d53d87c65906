package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.ssh.ShellOutcome.Broken;
import dev.earshot.ssh.ShellOutcome.Finished;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalShellTest {
  private final HostShell shell = new LocalShell();

  private static ShellLimits limits(Duration overall, long outputBytes) {
    return new ShellLimits(Duration.ofSeconds(1), overall, outputBytes);
  }

  @Test
  void runs_a_program_from_standard_input() {
    Asking asking = Asking.of(shell, "echo out; echo err >&2; echo $LC_ALL; exit 7");
    assertThat(asking.outcome()).isEqualTo(new Finished(7, "err\n"));
    assertThat(asking.output()).isEqualTo("out\nC\n");
  }

  @Test
  void carries_a_megabyte_each_way_at_the_same_time() {
    Asking asking = Asking.of(shell, ("echo " + "x".repeat(1000) + "\n").repeat(1048));
    assertThat(asking.outcome()).isEqualTo(new Finished(0, ""));
    assertThat(asking.output()).hasSize(1048 * 1001);
  }

  @Test
  void cuts_off_endless_output_and_keeps_its_beginning() {
    Asking asking = Asking.of(shell, "yes", limits(Duration.ofSeconds(20), 1001));
    assertThat(asking.outcome()).isInstanceOf(Broken.class);
    assertThat(asking.reason()).contains("more than 1001 bytes");
    assertThat(asking.output()).isEqualTo("y\n".repeat(500) + "y");
    assertThat(asking.took()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void ends_a_program_that_hangs_together_with_its_children() {
    String mark = Long.toString(700_000_000 + System.nanoTime() % 100_000_000);
    Asking asking =
        Asking.of(
            shell,
            "echo before; sleep " + mark + "; echo after",
            limits(Duration.ofSeconds(1), 99));
    assertThat(asking.outcome()).isInstanceOf(Broken.class);
    assertThat(asking.reason()).endsWith("was not done within 1 s");
    assertThat(asking.output()).isEqualTo("before\n");
    assertThat(asking.took()).isLessThan(Duration.ofSeconds(3));
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(process -> process.info().commandLine().orElse("").endsWith("sleep " + mark));
  }

  @Test
  void does_not_wait_for_what_a_program_left_behind_on_standard_error() {
    Asking asking = Asking.of(shell, "sleep 4 >/dev/null & echo done");
    assertThat(asking.outcome()).isEqualTo(new Finished(0, ""));
    assertThat(asking.took()).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void says_so_when_the_output_cannot_be_kept() {
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space left");
          }
        };
    assertThatThrownBy(() -> shell.run(Asking.SHELL, "echo", full, Asking.LIMITS))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("no space left");
  }
}

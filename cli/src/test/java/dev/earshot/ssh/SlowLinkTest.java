package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.ssh.ShellOutcome.Broken;
import dev.earshot.ssh.ShellOutcome.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hosts behind a link that carries 16 kB a second each way, about what a bad mobile network does.
class SlowLinkTest {
  private static final int BYTES_PER_SECOND = 16 << 10;

  @TempDir Path directory;

  private Asking ask(String program, Duration allowed) throws IOException {
    Path identity = Keys.write(Keys.USER, directory.resolve("id"));
    try (var real = SshServerFixture.usual();
        var link =
            new RawServer(
                (socket, number) -> RawServer.relaySlowly(socket, real.port(), BYTES_PER_SECOND))) {
      return Asking.of(
          SshTarget.of("127.0.0.1", link.port(), "auditor").withKey(identity),
          directory,
          List.of(Keys.line("[127.0.0.1]:" + link.port(), Keys.HOST)),
          program,
          new ShellLimits(Duration.ofSeconds(10), allowed, 16 << 20));
    }
  }

  /// As long as that of an audit.
  private static String longProgram(String last) {
    return "# a line of forty characters, all in all\n".repeat(1600) + last;
  }

  @Test
  void a_long_program_arrives_and_its_answer_comes_back() throws IOException {
    Asking asking =
        ask(
            longProgram("head -c 30000 /dev/zero | tr '\\0' x; echo done\n"),
            Asking.LIMITS.overall());
    assertThat(asking.outcome()).isEqualTo(new Finished(0, ""));
    assertThat(asking.output()).hasSize(30_005).endsWith("xdone\n");
    assertThat(asking.took())
        .as("the link was as slow as it should be")
        .isGreaterThan(Duration.ofSeconds(4));
  }

  @Test
  void an_answer_that_is_too_long_for_its_time_is_kept_as_far_as_it_came() throws IOException {
    Duration allowed = Duration.ofSeconds(4);
    Asking asking = ask("echo before; exec head -c 10000000 /dev/zero\n", allowed);
    assertThat(asking.outcome()).isInstanceOf(Broken.class);
    assertThat(asking.reason()).contains("was not done within 4 s");
    assertThat(asking.output()).startsWith("before\n");
    assertThat(asking.took()).isBetween(allowed, allowed.plusSeconds(3));
  }
}

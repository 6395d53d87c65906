package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.ssh.ShellOutcome.Broken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything that can go wrong while a program runs.
class ShellLimitsTest {
  private static final ShellLimits PATIENT =
      new ShellLimits(Duration.ofSeconds(5), Duration.ofSeconds(2), 100_000);

  @TempDir Path directory;

  @Test
  void endless_output() throws IOException {
    try (var server = SshServerFixture.usual()) {
      Asking asking = Asking.of(server, directory, "exec yes", PATIENT);
      assertThat(asking.outcome()).isInstanceOf(Broken.class);
      assertThat(asking.reason()).contains("printed more than 100000 bytes");
      assertThat(asking.output()).hasSize(100_000).startsWith("y\ny\n");
      assertThat(asking.took()).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void endless_errors() throws IOException {
    try (var server = SshServerFixture.usual()) {
      Asking asking = Asking.of(server, directory, "exec yes >&2", PATIENT);
      assertThat(asking.outcome())
          .isInstanceOfSatisfying(
              Broken.class, broken -> assertThat(broken.errors()).hasSize(1 << 16));
      assertThat(asking.reason()).endsWith("printed more than 1048576 bytes of errors");
      assertThat(asking.took()).isLessThan(Duration.ofSeconds(2));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo before; exec sleep 9",
        "echo before; while :; do echo; sleep 0.1; done",
        "echo before; exec <&-; exec sleep 9",
      })
  void a_program_that_takes_too_long(String program) throws IOException {
    try (var server = SshServerFixture.usual()) {
      Asking asking = Asking.of(server, directory, program, PATIENT);
      assertThat(asking.outcome()).isInstanceOf(Broken.class);
      assertThat(asking.reason()).endsWith("was not done within 2 s");
      assertThat(asking.output()).startsWith("before\n");
      assertThat(asking.took()).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void a_connection_that_is_lost_midway() throws IOException {
    try (var server =
        SshServerFixture.answering((channel, command) ->
            new AnsweringCommand((out, exit) -> {
              out.write("before\n".getBytes(StandardCharsets.UTF_8));
              out.flush();
              Thread.sleep(300);
              channel.getSession().close(true);
            }))) {
      Asking asking = Asking.of(server, directory, "", PATIENT);
      assertThat(asking.outcome()).isInstanceOf(Broken.class);
      assertThat(asking.reason()).contains("was lost before the program ended");
      assertThat(asking.output()).isEqualTo("before\n");
    }
  }

  @Test
  void a_connection_that_freezes() throws IOException {
    try (var real = SshServerFixture.usual();
        var server =
            new RawServer((socket, number) -> RawServer.relay(socket, real.port(), 8000))) {
      Path identity = Keys.write(Keys.USER, directory.resolve("id"));
      Asking asking =
          Asking.of(
              SshTarget.of("127.0.0.1", server.port(), "auditor").withKey(identity),
              directory,
              List.of(Keys.line("[127.0.0.1]:" + server.port(), Keys.HOST)),
              "head -c 1000000 /dev/zero",
              PATIENT);
      assertThat(asking.outcome()).isInstanceOf(Broken.class);
      assertThat(asking.reason()).endsWith("was not done within 2 s");
      assertThat(asking.took()).isLessThan(Duration.ofSeconds(4));
    }
  }
}

package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.ssh.ShellOutcome.Broken;
import dev.earshot.ssh.ShellOutcome.Finished;
import dev.earshot.ssh.ShellOutcome.Unreachable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.channel.RequestHandler.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Hosts that let us in and then say nothing more, or not much.
class SilentHostTest {
  private static final Patience BRIEF =
      new Patience(Optional.empty(), 1, 0, Duration.ofMillis(250), 2);
  private static final Duration SILENCE = Duration.ofMillis(750);

  @TempDir Path directory;

  private Asking ask(SshTarget target, String hostKey, String program) throws IOException {
    return Asking.of(target, directory, List.of(hostKey), program, Asking.LIMITS);
  }

  private Asking ask(SshServerFixture server, Patience patience, String program)
      throws IOException {
    Path identity = Keys.write(Keys.USER, directory.resolve("id"));
    return ask(
        server.target(identity).withPatience(patience),
        Keys.line(server.knownName(), Keys.HOST),
        program);
  }

  /// A server that runs what it is told to and ignores every question about its health.
  private static SshServerFixture mute() {
    var server = new SshServerFixture(List.of(Keys.HOST), Keys.USER.getPublic());
    server
        .server()
        .setGlobalRequestHandlers(List.of((service, request, reply, buffer) -> Result.Replied));
    return server.started();
  }

  private static void assertSilent(Asking asking) {
    assertThat(asking.outcome()).isInstanceOf(Broken.class);
    assertThat(asking.reason()).contains("fell silent: nothing came from it for 0.8 s");
    assertThat(asking.output()).isEqualTo("before\n");
    assertThat(asking.took()).isBetween(SILENCE, Duration.ofSeconds(5));
  }

  @Test
  void an_openssh_that_is_frozen() throws Exception {
    try (var server = OpenSshServer.in(directory)) {
      assertSilent(
          ask(
              server.target("127.0.0.1").withPatience(BRIEF),
              server.knownHostsLine("ed25519"),
              "echo before; sleep 0.2; kill -STOP $PPID; exec sleep 9"));
    }
  }

  @Test
  void an_openssh_whose_process_dies() throws Exception {
    try (var server = OpenSshServer.in(directory)) {
      Asking asking =
          ask(
              server.target("127.0.0.1"),
              server.knownHostsLine("ed25519"),
              "echo before; sleep 0.2; kill -KILL $PPID; exec sleep 9");
      assertThat(asking.outcome()).isInstanceOf(Broken.class);
      assertThat(asking.reason()).contains("was lost before the program ended");
      assertThat(asking.output()).isEqualTo("before\n");
      assertThat(asking.took()).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void a_connection_over_which_nothing_comes_back_any_more() throws IOException {
    Path identity = Keys.write(Keys.USER, directory.resolve("id"));
    try (var real = SshServerFixture.usual();
        var server =
            new RawServer((socket, number) -> RawServer.relay(socket, real.port(), 8000))) {
      Asking asking =
          ask(
              SshTarget.of("127.0.0.1", server.port(), "auditor")
                  .withKey(identity)
                  .withPatience(BRIEF),
              Keys.line("[127.0.0.1]:" + server.port(), Keys.HOST),
              "head -c 1000000 /dev/zero");
      assertThat(asking.outcome()).isInstanceOf(Broken.class);
      assertThat(asking.reason()).contains("fell silent");
      assertThat(asking.took()).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void a_host_that_answers_no_questions_and_prints_nothing() throws IOException {
    try (var server = mute()) {
      assertSilent(ask(server, BRIEF, "echo before; exec sleep 9"));
    }
  }

  @Test
  void what_a_program_prints_is_a_sign_of_life() throws IOException {
    try (var server = mute()) {
      Asking asking =
          ask(server, BRIEF, "for i in 1 2 3 4 5 6 7 8 9 10; do echo $i; sleep 0.2; done");
      assertThat(asking.outcome()).isEqualTo(new Finished(0, ""));
      assertThat(asking.took()).isGreaterThan(SILENCE.multipliedBy(2));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "250, 0", // ServerAliveCountMax 0 is for ever
    "0, 3", // ours
    "1000, 3",
  })
  void a_host_that_is_silent_for_two_seconds_is_waited_for(int interval, int count)
      throws IOException {
    try (var server = mute()) {
      var patience = new Patience(Optional.empty(), 1, 0, Duration.ofMillis(interval), count);
      assertThat(ask(server, patience, "exec sleep 2").outcome()).isEqualTo(new Finished(0, ""));
    }
  }

  @Test
  void a_quiet_program_on_a_host_that_answers() throws IOException {
    try (var server = SshServerFixture.usual()) {
      assertThat(ask(server, BRIEF, "exec sleep 2").outcome()).isEqualTo(new Finished(0, ""));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void an_openssh_that_allows_few_channels(int sessions) throws Exception {
    try (var server = OpenSshServer.in(directory, "MaxSessions %d\n".formatted(sessions))) {
      Asking asking = ask(server.target("127.0.0.1"), server.knownHostsLine("ed25519"), "exit 0");
      if (sessions == 1) {
        assertThat(asking.outcome()).isEqualTo(new Finished(0, ""));
      } else {
        assertThat(asking.outcome()).isInstanceOf(Unreachable.class);
        assertThat(asking.reason()).contains("opened no channel").contains("allow commands");
      }
    }
  }
}

package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.ssh.ShellOutcome.Finished;
import dev.earshot.ssh.ShellOutcome.Unreachable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers that let nobody in the first time.
class PatienceTest {
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final int RETRIES = 2;

  @TempDir Path directory;

  private Asking ask(int port, Patience patience, Duration connect) throws IOException {
    Path identity = Keys.write(Keys.USER, directory.resolve("id"));
    return Asking.of(
        SshTarget.of("127.0.0.1", port, "auditor").withKey(identity).withPatience(patience),
        directory,
        List.of(Keys.line("[127.0.0.1]:" + port, Keys.HOST)),
        "exit 0",
        new ShellLimits(connect, Duration.ofSeconds(20), 1 << 20));
  }

  private static Patience patience(int attempts, int retries) {
    return new Patience(Optional.empty(), attempts, retries, Duration.ZERO, 3);
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void forty_at_once_get_into_an_openssh_that_lets_few_log_in_at_a_time() throws Exception {
    try (var server = OpenSshServer.in(directory, "MaxStartups 2:50:6\n");
        var transport = new SshTransport(SecretPrompt.NOBODY, _ -> {});
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Path known =
          Files.writeString(directory.resolve("known"), server.knownHostsLine("ed25519") + "\n");
      SshTarget target =
          server.target("127.0.0.1").withHostKeys(HostKeyPolicy.ofFiles(List.of(known)));
      var limits = new ShellLimits(Duration.ofSeconds(30), Duration.ofSeconds(60), 1 << 20);
      List<Future<Asking>> askings = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        askings.add(threads.submit(() -> Asking.of(transport.shellOn(target), "exit 0", limits)));
      }
      for (Future<Asking> asking : askings) {
        assertThat(asking.get().outcome()).isEqualTo(new Finished(0, ""));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Exceeded MaxStartups"})
  void a_server_that_is_busy_three_times(String words) throws IOException {
    try (var real = SshServerFixture.usual();
        var server =
            new RawServer((socket, number) -> {
              if (number > 3) {
                RawServer.relay(socket, real.port());
              } else if (!words.isEmpty()) {
                say(socket, words);
              }
            })) {
      assertThat(ask(server.port(), Patience.DEFAULT, TEN).outcome())
          .isEqualTo(new Finished(0, ""));
      assertThat(server.connections()).isEqualTo(4);
    }
  }

  @Test
  void a_server_that_is_always_busy() throws IOException {
    try (var server = new RawServer(socket -> say(socket, "Exceeded MaxStartups"))) {
      Asking asking = ask(server.port(), Patience.DEFAULT, Duration.ofSeconds(2));
      assertThat(asking.reason())
          .contains("is busy with other logins (Exceeded MaxStartups)")
          .contains("(tried %d times)".formatted(server.connections()));
      assertThat(server.connections()).isBetween(3, 6);
      assertThat(asking.took()).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void a_server_that_always_hangs_up_without_a_word() throws IOException {
    try (var server = new RawServer(socket -> {})) {
      Asking asking = ask(server.port(), Patience.DEFAULT, Duration.ofSeconds(30));
      assertThat(asking.reason()).contains("before any SSH greeting").contains("(tried 6 times)");
      assertThat(server.connections()).isEqualTo(1 + Attempts.MOST_TURNED_AWAY);
      assertThat(asking.took()).isLessThan(TEN);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Not allowed at this time, shuts this machine out for a while",
    "Go away, and said: Go away",
  })
  void a_server_that_says_why_it_hangs_up_is_believed(String words, String reason)
      throws IOException {
    try (var server = new RawServer(socket -> say(socket, words))) {
      Asking asking = ask(server.port(), Patience.DEFAULT, TEN);
      assertThat(asking.outcome()).isInstanceOf(Unreachable.class);
      assertThat(asking.reason()).contains(reason).doesNotContain("tried");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void nobody_listens_and_nobody_asked_for_more_than_one_attempt() throws IOException {
    Asking asking = ask(OpenSshServer.freePort(), Patience.DEFAULT, TEN);
    assertThat(asking.reason()).contains("refused the connection").doesNotContain("tried");
    assertThat(asking.took()).isLessThan(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource({"100, 0", "1, 5"})
  void a_server_that_is_being_started(int attempts, int retries) throws Exception {
    int port = OpenSshServer.freePort();
    try (var server = new SshServerFixture(List.of(Keys.HOST), Keys.USER.getPublic());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.server().setPort(port);
      Future<?> started =
          threads.submit(() -> {
            Thread.sleep(500);
            return server.started();
          });
      assertThat(ask(port, patience(attempts, retries), TEN).outcome())
          .isEqualTo(new Finished(0, ""));
      started.get();
    }
  }

  @Test
  void attempts_end_with_the_time_for_connecting() throws IOException {
    Asking asking = ask(OpenSshServer.freePort(), patience(100, 0), Duration.ofMillis(2500));
    assertThat(asking.reason()).contains("refused the connection").endsWith("(tried 3 times)");
    assertThat(asking.took()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(3500));
  }

  @Test
  void each_attempt_has_the_hosts_own_time() throws IOException {
    var brief = new Patience(Optional.of(Duration.ofMillis(300)), 1, RETRIES, Duration.ZERO, 3);
    try (var server =
        new RawServer(
            socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
      Asking asking = ask(server.port(), brief, TEN);
      assertThat(asking.reason())
          .contains("sent no SSH greeting within 0.3 s")
          .endsWith("(tried 3 times)");
      assertThat(server.connections()).isEqualTo(1 + RETRIES);
      assertThat(asking.took()).isLessThan(Duration.ofSeconds(4));
    }
  }

  /// As `ssh -o ConnectTimeout=1` does, whatever its manual says of key exchange.
  @Test
  void the_hosts_own_time_ends_with_its_greeting() throws IOException {
    var brief = new Patience(Optional.of(Duration.ofMillis(500)), 1, 0, Duration.ZERO, 3);
    try (var real = SshServerFixture.usual();
        var hesitant =
            new RawServer(socket -> {
              say(socket, "SSH-2.0-hesitant");
              Thread.sleep(1500);
            });
        var server =
            new RawServer(socket -> {
              try (var between = new Socket(InetAddress.ofLiteral("127.0.0.1"), real.port())) {
                RawServer.copyLine(between, socket);
                Thread.sleep(1000);
                RawServer.join(socket, between);
              }
            })) {
      assertThat(ask(server.port(), brief, TEN).outcome()).isEqualTo(new Finished(0, ""));
      assertThat(ask(hesitant.port(), brief, Duration.ofSeconds(1)).reason())
          .contains("did not finish the SSH key exchange within 1 s");
    }
  }

  @Test
  void who_was_refused_does_not_come_back() throws IOException {
    var refusing = new SshServerFixture(List.of(Keys.HOST), Keys.OTHER_HOST.getPublic());
    try (refusing;
        var server = new RawServer(socket -> RawServer.relay(socket, refusing.started().port()))) {
      assertThat(ask(server.port(), patience(9, RETRIES), TEN).reason())
          .contains("does not let user auditor in");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_wrong_host_key_is_not_asked_for_again() throws IOException {
    var other = new SshServerFixture(List.of(Keys.OTHER_HOST), Keys.USER.getPublic());
    try (other;
        var server = new RawServer(socket -> RawServer.relay(socket, other.started().port()))) {
      assertThat(ask(server.port(), patience(9, RETRIES), TEN).reason())
          .contains("another host key");
      assertThat(server.connections()).isEqualTo(1);
    }
  }
}

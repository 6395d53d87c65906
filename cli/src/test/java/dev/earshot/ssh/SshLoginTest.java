package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.ssh.ShellOutcome.Finished;
import dev.earshot.ssh.ShellOutcome.Unreachable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything that can go wrong before a program runs.
class SshLoginTest {
  private static final ShellLimits SHORT =
      new ShellLimits(Duration.ofSeconds(1), Duration.ofSeconds(3), 1 << 20);
  @TempDir Path directory;

  /// Asks something at this port that is not expected to get as far as keys.
  private Asking ask(int port) throws IOException {
    Path identity = Keys.write(Keys.USER, directory.resolve("id"));
    return Asking.of(
        SshTarget.of("127.0.0.1", port, "auditor").withKey(identity),
        directory,
        List.of(Keys.line("[127.0.0.1]:" + port, Keys.HOST)),
        "exit 0",
        SHORT);
  }

  private static void assertUnreachable(Asking asking, String reason) {
    assertThat(asking.outcome()).isInstanceOf(Unreachable.class);
    assertThat(asking.reason()).contains(reason).matches("[^\\p{Cntrl}]{20,900}");
    assertThat(asking.took()).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void a_port_where_nobody_listens() throws IOException {
    assertUnreachable(ask(OpenSshServer.freePort()), "refused the connection");
  }

  @Test
  void a_name_that_does_not_resolve() throws IOException {
    String tooLong = "x".repeat(64) + ".invalid"; // no resolver asks anybody about such a label
    var target = SshTarget.of(tooLong, 22, "auditor");
    assertUnreachable(
        Asking.of(target, directory, List.of(), "exit 0", SHORT), "xxx.invalid does not resolve");
  }

  @Test
  void silence() throws IOException {
    try (var server =
        new RawServer(
            socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
      assertUnreachable(ask(server.port()), "sent no SSH greeting within 1 s");
    }
  }

  @Test
  void a_connection_that_closes_at_once() throws IOException {
    try (var server = new RawServer(socket -> {})) {
      assertUnreachable(ask(server.port()), "before any SSH greeting");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
        "SSH-1.5-ancient\r\n",
        "\u0000\u0001\u0002\u0003binary\r\n",
        "\u001b]0;owned\u0007\u001b[2J\r\n",
      })
  void a_greeting_that_is_not_ssh(String greeting) throws IOException {
    try (var server =
        new RawServer(
            socket -> socket.getOutputStream().write(greeting.getBytes(StandardCharsets.UTF_8)))) {
      assertUnreachable(ask(server.port()), "not an SSH server");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "line\r\n"})
  void an_endless_greeting(String part) throws IOException {
    try (var server = new RawServer(socket -> pour(socket, part))) {
      assertUnreachable(ask(server.port()), "is not an SSH server");
    }
  }

  @Test
  void a_greeting_that_trickles() throws IOException {
    try (var server =
        new RawServer(socket -> {
          for (int i = 0; i < 100; i++) {
            socket.getOutputStream().write('S');
            Thread.sleep(100);
          }
        })) {
      assertUnreachable(ask(server.port()), "sent no SSH greeting within 1 s");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage that is no packet at all, and long enough for one"})
  void a_greeting_and_then_nonsense(String nonsense) throws IOException {
    try (var server =
        new RawServer(socket ->
            socket
                .getOutputStream()
                .write(("SSH-2.0-x\r\n" + nonsense).getBytes(StandardCharsets.UTF_8)))) {
      assertUnreachable(ask(server.port()), "the SSH key exchange with 127.0.0.1");
      assertThat(server.connections()).as("one retry for SSHD's race, not more").isEqualTo(2);
    }
  }

  @Test
  void a_greeting_and_then_silence_is_not_asked_twice() throws IOException {
    try (var server =
        new RawServer(socket -> {
          socket.getOutputStream().write("SSH-2.0-x\r\n".getBytes(StandardCharsets.UTF_8));
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        })) {
      assertUnreachable(ask(server.port()), "did not finish the SSH key exchange within 1 s");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_server_that_hangs_up_once_during_the_key_exchange_gets_another_chance()
      throws IOException {
    try (var real = SshServerFixture.usual();
        var server =
            new RawServer((socket, number) -> {
              if (number == 1) {
                socket.getOutputStream().write("SSH-2.0-x\r\n".getBytes(StandardCharsets.UTF_8));
              } else {
                RawServer.relay(socket, real.port());
              }
            })) {
      assertThat(ask(server.port()).outcome()).isEqualTo(new Finished(0, ""));
    }
  }

  @Test
  void old_algorithms_only() throws IOException {
    var server = new SshServerFixture(List.of(Keys.HOST), Keys.USER.getPublic());
    server.server().setCipherFactoriesNameList("aes128-cbc");
    try (server) {
      server.started();
      assertUnreachable(ask(server.port()), "no algorithm in common: update its sshd");
    }
  }

  @Test
  void algorithms_that_the_user_narrowed_too_far() throws IOException {
    var server = new SshServerFixture(List.of(Keys.HOST), Keys.USER.getPublic());
    server.server().setCipherFactoriesNameList("aes256-ctr");
    var wishes =
        new AlgorithmWishes(
            Optional.empty(),
            Optional.of("aes128-ctr,aes192-ctr"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of("Ciphers", "~/.ssh/config:3"));
    try (server) {
      server.started();
      Asking asking =
          Asking.of(
              SshTarget.of("127.0.0.1", server.port(), "auditor").withAlgorithms(wishes),
              directory,
              List.of(Keys.line("[127.0.0.1]:" + server.port(), Keys.HOST)),
              "exit 0",
              SHORT);
      assertUnreachable(
          asking,
          "no algorithm in common: widen Ciphers, which ~/.ssh/config:3 sets to aes128-ctr,aes192-ctr");
    }
  }

  @Test
  void a_refused_key() throws IOException {
    var server = new SshServerFixture(List.of(Keys.HOST), Keys.OTHER_HOST.getPublic());
    try (server) {
      server.started();
      Asking asking = ask(server.port());
      assertUnreachable(asking, "does not let user auditor in with the key");
      assertThat(asking.reason())
          .contains(directory.resolve("id").toString())
          .contains(HostKey.of(Keys.USER.getPublic()).fingerprint());
    }
  }

  @Test
  void a_hangup_after_the_key_exchange() throws IOException {
    var server = new SshServerFixture(List.of(Keys.HOST), Keys.USER.getPublic());
    server
        .server()
        .addSessionListener(
            new SessionListener() {
              @Override
              public void sessionEvent(Session session, Event event) {
                if (event == Event.KeyEstablished) {
                  session.close(true);
                }
              }
            });
    try (server) {
      server.started();
      assertUnreachable(ask(server.port()), "127.0.0.1:" + server.port());
    }
  }

  @Test
  void a_login_that_is_never_decided() throws IOException {
    var server = new SshServerFixture(List.of(Keys.HOST), Keys.USER.getPublic());
    server
        .server()
        .setPublickeyAuthenticator((user, key, session) -> {
          try {
            Thread.sleep(2000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return true;
        });
    try (server) {
      server.started();
      assertUnreachable(ask(server.port()), "did not decide within 1 s");
    }
  }

  @Test
  void a_huge_login_banner() throws IOException {
    var server = new SshServerFixture(List.of(Keys.HOST), Keys.USER.getPublic());
    CoreModuleProperties.WELCOME_BANNER.set(server.server(), "\u001b[2J welcome \n".repeat(5000));
    try (server) {
      server.started();
      assertThat(Asking.of(server, directory, "exit 0", Asking.LIMITS).outcome())
          .isEqualTo(new Finished(0, ""));
    }
  }

  @Test
  void a_hidden_host_key_change() throws IOException {
    try (var server =
        new SshServerFixture(List.of(Keys.OTHER_HOST), Keys.USER.getPublic()).started()) {
      assertUnreachable(ask(server.port()), "shows another host key than the one known");
    }
  }

  @Test
  void a_host_that_knows_two_keys_shows_the_known_one() throws IOException {
    try (var server =
        new SshServerFixture(List.of(Keys.ECDSA_HOST, Keys.HOST), Keys.USER.getPublic())
            .started()) {
      assertThat(ask(server.port()).outcome()).isEqualTo(new Finished(0, ""));
    }
  }

  private static void pour(Socket socket, String part) throws IOException {
    byte[] bytes = part.repeat(1000).getBytes(StandardCharsets.UTF_8);
    while (true) {
      socket.getOutputStream().write(bytes);
    }
  }
}

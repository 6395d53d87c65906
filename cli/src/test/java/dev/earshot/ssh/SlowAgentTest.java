package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.ssh.ShellOutcome.Finished;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent that signs when a person has touched something.
class SlowAgentTest {
  private static final byte SIGN_REQUEST = 13;
  private static final Duration TOUCHED_AFTER = Duration.ofMillis(2500);
  private static final ShellLimits LIMITS =
      new ShellLimits(Duration.ofSeconds(2), Duration.ofSeconds(4), 1 << 20);

  @TempDir Path directory;

  @Test
  void the_deadline_stands_still_until_it_has_signed() throws Exception {
    Path key = Keys.write(Keys.USER, directory.resolve("id"));
    try (var agent = SshAgent.at(directory.resolve("agent")).with(key);
        var slow = slow(agent.socket());
        var server = SshServerFixture.usual();
        var transport = new SshTransport(SecretPrompt.NOBODY, _ -> {})) {
      Path known =
          Files.writeString(
              directory.resolve("known_hosts"), Keys.line(server.knownName(), Keys.HOST) + "\n");
      var target =
          server
              .target(key)
              .withHostKeys(HostKeyPolicy.ofFiles(List.of(known)))
              .withCredentials(
                  new Credentials(
                      List.of(directory.resolve("absent")),
                      List.of(),
                      false,
                      Optional.of(directory.resolve("slow")),
                      Optional.empty(),
                      Credentials.METHODS));
      Asking asking = Asking.of(transport.shellOn(target), "exit 0", LIMITS);
      assertThat(slow.isOpen()).isTrue();
      assertThat(asking.outcome()).isEqualTo(new Finished(0, ""));
      assertThat(asking.took()).isGreaterThan(TOUCHED_AFTER);
    }
  }

  /// Passes questions on to another agent.
  private ServerSocketChannel slow(Path agent) throws IOException {
    var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(directory.resolve("slow")));
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              serve(listening.accept(), agent);
            }
          } catch (IOException e) {
            // the test is over
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return listening;
  }

  private static void serve(SocketChannel client, Path agent)
      throws IOException, InterruptedException {
    try (client;
        var real = SocketChannel.open(UnixDomainSocketAddress.of(agent))) {
      ByteBuffer message = ByteBuffer.allocate(1 << 16);
      client.read(message);
      if (message.get(Integer.BYTES) == SIGN_REQUEST) {
        Thread.sleep(TOUCHED_AFTER);
      }
      real.write(message.flip());
      real.read(message.clear());
      client.write(message.flip());
    }
  }
}

package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that goes on talking while a person looks for a passphrase.
class ChattyServerTest {
  private static final int MESSAGES = 1000;

  @TempDir Path directory;

  @Test
  void is_hung_up_on() throws Exception {
    Keys.sshKeygen(directory, "-q", "-t", "ecdsa", "-m", "PEM", "-N", "horse", "-f", "id");
    Files.delete(directory.resolve("id.pub"));
    try (var server = SshServerFixture.usual();
        var transport = new SshTransport(_ -> whileTalking(server), _ -> {})) {
      Path known =
          Files.writeString(
              directory.resolve("known_hosts"), Keys.line(server.knownName(), Keys.HOST) + "\n");
      var target =
          server
              .target(directory.resolve("id"))
              .withHostKeys(HostKeyPolicy.ofFiles(List.of(known)));
      Asking asking = Asking.of(transport.shellOn(target), "exit 0");
      assertThat(asking.reason())
          .isEqualTo(target.endpoint() + " sent more than 16 messages at once during the login");
      assertThat(asking.took()).isLessThan(Duration.ofSeconds(3));
    }
  }

  private static Optional<Secret> whileTalking(SshServerFixture server) {
    try {
      for (AbstractSession session : server.server().getActiveSessions()) {
        for (int i = 0; i < MESSAGES; i++) {
          Buffer refusal = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_FAILURE);
          refusal.putString("publickey");
          refusal.putBoolean(false);
          session.writePacket(refusal);
        }
      }
      Thread.sleep(4000);
    } catch (IOException e) {
      // the client has had enough
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.of(new Secret("horse"));
  }
}

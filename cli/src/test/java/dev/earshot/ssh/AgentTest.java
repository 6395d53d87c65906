package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentTest {
  private static final Agent.Patience SHORT =
      new Agent.Patience(Duration.ofMillis(500), Duration.ofMillis(500));
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "ed25519, ssh-ed25519",
    "ecdsa, ecdsa-sha2-nistp256",
    "rsa, rsa-sha2-256",
    "rsa, rsa-sha2-512",
  })
  void signs_as_asked(String type, String algorithm) throws Exception {
    Keys.sshKeygen(directory, "-q", "-t", type, "-N", "", "-C", "of mine", "-f", "id");
    HostKey half = KeyText.read(directory.resolve("id.pub")).publicKey().orElseThrow();
    try (var real = SshAgent.at(directory.resolve("agent")).with(directory.resolve("id"))) {
      var agent = new Agent(real.socket(), Agent.Patience.DEFAULT);
      assertThat(agent.keys()).containsExactly(new Agent.Key(half, "of mine"));
      byte[] data = "something".getBytes(StandardCharsets.UTF_8);
      byte[] signature = agent.sign(half, algorithm, data);
      assertThat(new ByteArrayBuffer(signature).getString()).isEqualTo(algorithm);
      var verifier = NamedFactory.create(Algorithms.SIGNATURES, algorithm);
      verifier.initVerifier(
          null,
          PublicKeyEntry.parsePublicKeyEntry(half.type() + " " + half.base64())
              .resolvePublicKey(null, null, null));
      verifier.update(null, data);
      assertThat(verifier.verify(null, signature)).isTrue();
    }
  }

  @Test
  void does_not_sign_with_a_key_that_the_agent_lacks() throws Exception {
    HostKey unknown = HostKey.of(Keys.USER.getPublic());
    try (var real = SshAgent.at(directory.resolve("agent"))) {
      var agent = new Agent(real.socket(), Agent.Patience.DEFAULT);
      assertThat(agent.keys()).isEmpty();
      assertThatThrownBy(() -> agent.sign(unknown, "ssh-ed25519", new byte[9]))
          .isInstanceOf(AgentException.class)
          .hasMessageContaining("does not sign with this key");
    }
  }

  @Test
  void signs_by_another_algorithm_than_was_asked_for() throws Exception {
    byte[] answer =
        HexFormat.of()
            .parseHex("00000015" + "0e00000010" + "000000077373682d727361" + "0000000178");
    try (var _ = new FalseAgent(Optional.of(answer))) {
      var agent = new Agent(directory.resolve("agent"), SHORT);
      assertThatThrownBy(
              () -> agent.sign(HostKey.of(Keys.USER.getPublic()), "rsa-sha2-512", new byte[9]))
          .isInstanceOf(AgentException.class)
          .hasMessage("signs with ssh-rsa where it should with rsa-sha2-512");
    }
  }

  @Test
  void there_is_none() {
    Agent agent = new Agent(directory.resolve("agent"), SHORT);
    assertThatThrownBy(agent::keys)
        .isInstanceOf(AgentException.class)
        .hasMessageContaining("cannot be asked");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "00000001 05                          | does not list its keys",
        "00000001 06                          | is not the agent protocol",
        "00000005 0c ffffffff                 | is not the agent protocol",
        "00000005 0c 00000001                 | is not the agent protocol",
        "00000009 0c 00000001 7fffffff        | is not the agent protocol",
        "0000000d 0c 00000001 00000004 41414141 | is not the agent protocol",
        "7fffffff                             | impossible length",
        "00000000                             | impossible length",
        "000000                               | it closed the connection",
      })
  void it_answers_nonsense(String answer, String reason) throws Exception {
    byte[] bytes = HexFormat.of().parseHex(answer.replace(" ", ""));
    try (var _ = new FalseAgent(Optional.of(bytes))) {
      Agent agent = new Agent(directory.resolve("agent"), SHORT);
      assertThatThrownBy(agent::keys)
          .isInstanceOf(AgentException.class)
          .hasMessageContaining(reason);
    }
  }

  @Test
  void it_hangs_and_is_waited_for_once() throws Exception {
    try (var _ = new FalseAgent(Optional.empty())) {
      Agent agent = new Agent(directory.resolve("agent"), SHORT);
      long start = System.nanoTime();
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(agent::keys)
            .isInstanceOf(AgentException.class)
            .hasMessageContaining("did not answer within 0.5 s");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  /// Answers everybody the same, or never.
  private final class FalseAgent implements AutoCloseable {
    private final ServerSocketChannel server;

    FalseAgent(Optional<byte[]> answer) throws IOException {
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(directory.resolve("agent")));
      Thread.ofVirtual().start(() -> serve(answer));
    }

    private void serve(Optional<byte[]> answer) {
      try {
        while (true) {
          SocketChannel client = server.accept();
          if (answer.isPresent()) {
            client.read(ByteBuffer.allocate(100));
            client.write(ByteBuffer.wrap(answer.get()));
            client.close();
          }
        }
      } catch (IOException e) {
        // the test is over
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}

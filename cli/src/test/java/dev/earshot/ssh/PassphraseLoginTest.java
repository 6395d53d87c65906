package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.redaction.Redactor;
import dev.earshot.ssh.ShellOutcome.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An encrypted key, and a person who knows the passphrase and takes her time.
class PassphraseLoginTest {
  private static final ShellLimits SHORT =
      new ShellLimits(Duration.ofSeconds(2), Duration.ofSeconds(3), 1 << 20);
  @TempDir Path directory;
  private final AtomicInteger questions = new AtomicInteger();
  private PublicKey made;

  PassphraseLoginTest() {
    made = Keys.USER.getPublic();
  }

  @BeforeEach
  void makeKey() throws Exception {
    Keys.sshKeygen(directory, "-q", "-t", "ed25519", "-N", "correct horse", "-f", "id");
    made =
        PublicKeyEntry.parsePublicKeyEntry(Files.readString(directory.resolve("id.pub")))
            .resolvePublicKey(null, null, null);
    Files.delete(directory.resolve("id.pub"));
  }

  private Optional<Secret> answer(String question) {
    try {
      Thread.sleep(questions.incrementAndGet() == 1 ? 500 : 3500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.of(new Secret(questions.get() == 1 ? "battery staple" : "correct horse"));
  }

  private SshTarget target(SshServerFixture server) throws Exception {
    Path known =
        Files.writeString(
            directory.resolve("known_hosts"), Keys.line(server.knownName(), Keys.HOST) + "\n");
    return server
        .target(directory.resolve("id"))
        .withHostKeys(HostKeyPolicy.ofFiles(List.of(known)));
  }

  @Test
  void is_asked_once_for_all_hosts_whose_deadlines_wait() throws Exception {
    try (var server = new SshServerFixture(List.of(Keys.HOST), made).started();
        var transport = new SshTransport(this::answer, _ -> {});
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SshTarget target = target(server);
      List<Future<Asking>> askings = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        askings.add(threads.submit(() -> Asking.of(transport.shellOn(target), "exit 0", SHORT)));
      }
      for (Future<Asking> asking : askings) {
        assertThat(asking.get().outcome()).isEqualTo(new Finished(0, ""));
      }
      assertThat(questions).hasValue(2);
    }
  }

  @Test
  void is_not_asked_for_a_key_that_the_server_does_not_want() throws Exception {
    try (var server = SshServerFixture.usual();
        var transport = new SshTransport(this::answer, _ -> {})) {
      assertThat(Asking.of(transport.shellOn(target(server)), "exit 0", SHORT).reason())
          .contains("does not let user auditor in with the key " + directory.resolve("id"));
      assertThat(questions).hasValue(0);
    }
  }

  @Test
  void cannot_be_asked() throws Exception {
    try (var server = new SshServerFixture(List.of(Keys.HOST), made).started();
        var transport = new SshTransport(SecretPrompt.NOBODY, _ -> {})) {
      assertThat(Asking.of(transport.shellOn(target(server)), "exit 0", SHORT).reason())
          .contains(
              "does not let user auditor in: the key %s is encrypted, and nobody gave its passphrase; start ssh-agent and add the key with ssh-add %s"
                  .formatted(directory.resolve("id"), directory.resolve("id")))
          .doesNotContain("authorized_keys")
          .satisfies(reason -> assertThat(Redactor.redact(reason)).isEqualTo(reason));
    }
  }
}

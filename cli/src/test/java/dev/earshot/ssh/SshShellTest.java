package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.ssh.ShellOutcome.Finished;
import dev.earshot.ssh.ShellOutcome.Unreachable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshShellTest {
  @TempDir static Path shared;
  private static SshServerFixture server;
  private static SshTransport transport;
  private static SshTarget target;

  @BeforeAll
  static void start() throws IOException {
    server = SshServerFixture.usual();
    Path knownHosts =
        Files.writeString(
            shared.resolve("known_hosts"), Keys.line(server.knownName(), Keys.HOST) + "\n");
    transport = new SshTransport(SecretPrompt.NOBODY, _ -> {});
    target =
        server
            .target(Keys.write(Keys.USER, shared.resolve("id")))
            .withHostKeys(HostKeyPolicy.ofFiles(List.of(knownHosts)));
  }

  @AfterAll
  static void stop() {
    transport.close();
    server.close();
  }

  @Test
  void runs_a_program_from_standard_input_and_keeps_its_streams_apart() {
    Asking asking =
        Asking.of(transport.shellOn(target), "echo out; echo err >&2; echo $LC_ALL; exit 7\n");
    assertThat(asking.outcome()).isEqualTo(new Finished(7, "err\n"));
    assertThat(asking.output()).isEqualTo("out\nC\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 127, 255})
  void returns_the_exit_status(int status) {
    assertThat(Asking.of(transport.shellOn(target), "exit " + status).outcome())
        .isEqualTo(new Finished(status, ""));
  }

  @Test
  void carries_a_megabyte_each_way() {
    String program = "# " + "x".repeat(1 << 20) + "\nhead -c 1048576 /dev/zero | tr '\\0' a";
    Asking asking = Asking.of(transport.shellOn(target), program);
    assertThat(asking.outcome()).isEqualTo(new Finished(0, ""));
    assertThat(asking.output()).hasSize(1 << 20);
  }

  @Test
  void keeps_only_the_beginning_of_standard_error() {
    Asking asking =
        Asking.of(
            transport.shellOn(target),
            "{ echo start; head -c 300000 /dev/zero | tr '\\0' e; } >&2; echo end");
    assertThat(asking.output()).isEqualTo("end\n");
    assertThat(asking.outcome())
        .isInstanceOfSatisfying(
            Finished.class,
            finished -> assertThat(finished.errors()).startsWith("start\neee").hasSize(1 << 16));
  }

  @Test
  void does_not_mind_a_program_that_ends_without_reading_its_input() {
    Asking asking = Asking.of(transport.shellOn(target), "exit 3\n" + "#".repeat(3_000_000));
    assertThat(asking.outcome()).isEqualTo(new Finished(3, ""));
  }

  @Test
  void serves_fifty_hosts_at_once() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Asking>> askings = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String program = "echo " + i + "; exit " + i;
        askings.add(threads.submit(() -> Asking.of(transport.shellOn(target), program)));
      }
      for (int i = 0; i < 50; i++) {
        assertThat(askings.get(i).get().outcome()).isEqualTo(new Finished(i, ""));
        assertThat(askings.get(i).get().output()).isEqualTo(i + "\n");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, 256, RFC4716", // ssh-keygen's word for OpenSSH's own format
    "ed25519, 256, PKCS8",
    "ecdsa, 256, RFC4716",
    "ecdsa, 384, RFC4716",
    "ecdsa, 521, RFC4716",
    "ecdsa, 256, PEM",
    "ecdsa, 384, PKCS8",
    "rsa, 2048, RFC4716",
    "rsa, 3072, PEM",
    "rsa, 2048, PKCS8",
  })
  void logs_in_with_keys_that_ssh_keygen_made(
      String type, String bits, String format, @TempDir Path directory) throws Exception {
    Keys.sshKeygen(directory, "-q", "-t", type, "-b", bits, "-N", "", "-m", format, "-f", "id");
    Path identity = directory.resolve("id");
    var made =
        PublicKeyEntry.parsePublicKeyEntry(Files.readString(directory.resolve("id.pub")))
            .resolvePublicKey(null, null, null);
    try (var own = new SshServerFixture(List.of(Keys.HOST), made).started()) {
      Asking asking =
          Asking.of(
              own.target(identity),
              directory,
              List.of(Keys.line(own.knownName(), Keys.HOST)),
              "echo in",
              Asking.LIMITS);
      assertThat(asking.outcome()).isEqualTo(new Finished(0, ""));
    }
  }

  @Test
  void tries_the_default_keys_in_turn_when_none_is_named(@TempDir Path directory)
      throws IOException {
    Path wrong = Keys.write(Keys.ECDSA_HOST, directory.resolve("id_ecdsa"));
    Path missing = directory.resolve("id_ed25519");
    Path right = Keys.write(Keys.USER, directory.resolve("id_rsa"));
    var keys =
        new UserKeys(
            new PrivateKeys(List.of(missing, wrong, right)),
            new Passphrases(SecretPrompt.NOBODY),
            Agent.Patience.DEFAULT);
    try (var own = new SshTransport(keys, _ -> {})) {
      var nameless = target.withCredentials(Credentials.DEFAULT);
      assertThat(Asking.of(own.shellOn(nameless), "exit 0").outcome())
          .isEqualTo(new Finished(0, ""));
    }
  }

  @Test
  void reaches_a_host_by_a_name_with_several_addresses(@TempDir Path directory) throws IOException {
    Path identity = Keys.write(Keys.USER, directory.resolve("id"));
    var byName = SshTarget.of("localhost", server.port(), SshServerFixture.USER).withKey(identity);
    Asking asking =
        Asking.of(
            byName,
            directory,
            List.of(Keys.line("[localhost]:" + server.port(), Keys.HOST)),
            "exit 0",
            Asking.LIMITS);
    assertThat(asking.outcome()).isEqualTo(new Finished(0, ""));
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
    HostShell shell = transport.shellOn(target);
    assertThatThrownBy(() -> shell.run(Asking.SHELL, "echo", full, Asking.LIMITS))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("no space left");
  }

  @Test
  void stops_when_its_thread_is_interrupted() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> asking =
          threads.submit(() -> Asking.of(transport.shellOn(target), "exec sleep 20"));
      Thread.sleep(500);
      long start = System.nanoTime();
      asking.cancel(true);
      threads.shutdown();
      assertThat(threads.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
      assertThat(System.nanoTime() - start).isLessThan(3_000_000_000L);
    }
  }

  @Test
  void is_unreachable_after_the_transport_was_closed() {
    var closed = new SshTransport(SecretPrompt.NOBODY, _ -> {});
    closed.close();
    assertThat(Asking.of(closed.shellOn(target), "exit 0").outcome())
        .isInstanceOf(Unreachable.class);
  }
}

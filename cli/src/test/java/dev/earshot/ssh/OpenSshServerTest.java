package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.ssh.ShellOutcome.Broken;
import dev.earshot.ssh.ShellOutcome.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenSshServerTest {
  @TempDir static Path shared;
  private static OpenSshServer server;

  @BeforeAll
  static void start() throws Exception {
    server = OpenSshServer.in(shared);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static Asking ask(Path directory, List<String> knownHosts, String program)
      throws IOException {
    return Asking.of(server.target("127.0.0.1"), directory, knownHosts, program, Asking.LIMITS);
  }

  private static Asking ask(Path directory, String program) throws IOException {
    return ask(directory, List.of(server.knownHostsLine("ed25519")), program);
  }

  @Test
  void runs_a_program_from_standard_input(@TempDir Path directory) throws IOException {
    Asking asking = ask(directory, "echo out; echo err >&2; exit 7\n");
    assertThat(asking.outcome()).isEqualTo(new Finished(7, "err\n"));
    assertThat(asking.output()).isEqualTo("out\n");
  }

  @Test
  void names_umac_where_it_has_nothing_else(@TempDir Path directory) throws Exception {
    try (var old =
        OpenSshServer.in(
            directory, "Ciphers aes128-ctr\nMACs umac-64@openssh.com,umac-128-etm@openssh.com\n")) {
      Asking asking =
          Asking.of(
              old.target("127.0.0.1"),
              directory,
              List.of(old.knownHostsLine("ed25519")),
              "exit 0",
              Asking.LIMITS);
      assertThat(asking.reason())
          .contains(
              "no algorithm in common: Earshot speaks no UMAC, so add hmac-sha2-256-etm@openssh.com to MACs in its sshd_config");
    }
  }

  @Test
  void carries_a_megabyte_each_way_at_the_same_time(@TempDir Path directory) throws IOException {
    String program = ("echo " + "x".repeat(1000) + "\n").repeat(1048);
    Asking asking = ask(directory, program);
    assertThat(asking.outcome()).isEqualTo(new Finished(0, ""));
    assertThat(asking.output()).hasSize(1048 * 1001);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa"})
  void asks_for_the_host_key_that_is_known(String type, @TempDir Path directory)
      throws IOException {
    assertThat(ask(directory, List.of(server.knownHostsLine(type)), "exit 0").outcome())
        .isEqualTo(new Finished(0, ""));
  }

  @Test
  void knows_hosts_that_ssh_keygen_hashed(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("hashed"), server.knownHostsLine("ed25519") + "\n");
    Keys.sshKeygen(directory, "-H", "-f", "hashed");
    List<String> lines = Files.readAllLines(directory.resolve("hashed"));
    assertThat(lines).singleElement().asString().startsWith("|1|");
    assertThat(ask(directory, lines, "exit 0").outcome()).isEqualTo(new Finished(0, ""));
  }

  @Test
  void ends_a_command_that_hangs_and_keeps_what_it_printed(@TempDir Path directory)
      throws IOException {
    Asking asking =
        Asking.of(
            server.target("127.0.0.1"),
            directory,
            List.of(server.knownHostsLine("ed25519")),
            "echo before; exec sleep 60",
            new ShellLimits(Duration.ofSeconds(5), Duration.ofSeconds(2), 1000));
    assertThat(asking.outcome()).isInstanceOf(Broken.class);
    assertThat(asking.reason()).endsWith("was not done within 2 s");
    assertThat(asking.output()).isEqualTo("before\n");
    assertThat(asking.took()).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void names_the_signal_that_killed_the_program(@TempDir Path directory) throws IOException {
    assertThat(ask(directory, "kill -KILL $$").reason()).endsWith("was killed by signal KILL");
  }

  @Test
  void notices_that_the_connection_is_lost_midway(@TempDir Path directory) throws IOException {
    Asking asking = ask(directory, "echo before; sleep 0.5; kill -KILL $PPID; sleep 5");
    assertThat(asking.outcome()).isInstanceOf(Broken.class);
    assertThat(asking.reason()).contains("was lost before the program ended");
    assertThat(asking.output()).isEqualTo("before\n");
  }

  @Test
  void accepts_a_host_certificate_of_a_trusted_authority(@TempDir Path directory)
      throws IOException {
    List<String> knownHosts = List.of("@cert-authority [127.*]:* " + server.publicKey("authority"));
    assertThat(ask(directory, knownHosts, "exit 0").outcome()).isEqualTo(new Finished(0, ""));
  }

  @Test
  void refuses_a_host_certificate_of_another_authority(@TempDir Path directory) throws IOException {
    List<String> knownHosts = List.of("@cert-authority * " + server.publicKey("id"));
    assertThat(ask(directory, knownHosts, "exit 0").reason())
        .contains("a host certificate of an authority that known_hosts does not trust");
  }

  @Test
  void refuses_a_revoked_authority_and_a_revoked_key_behind_a_certificate(@TempDir Path directory)
      throws IOException {
    String trusted = "@cert-authority * " + server.publicKey("authority");
    for (String revoked : List.of("authority", "host_ed25519")) {
      List<String> knownHosts = List.of(trusted, "@revoked * " + server.publicKey(revoked));
      assertThat(ask(directory, knownHosts, "exit 0").reason())
          .contains("known_hosts:2 marks as revoked");
    }
  }

  @Test
  void refuses_a_host_certificate_for_another_name(@TempDir Path directory) throws IOException {
    Asking asking =
        Asking.of(
            server.target("localhost"),
            directory,
            List.of("@cert-authority * " + server.publicKey("authority")),
            "exit 0",
            Asking.LIMITS);
    assertThat(asking.outcome()).isInstanceOf(ShellOutcome.Unreachable.class);
    assertThat(asking.reason()).contains("principal");
  }

  @Test
  void names_the_user_and_the_key_that_are_refused(@TempDir Path directory) throws IOException {
    Path identity = Keys.write(Keys.USER, directory.resolve("other"));
    var target =
        SshTarget.of("127.0.0.1", server.port(), System.getProperty("user.name")).withKey(identity);
    Asking asking =
        Asking.of(
            target, directory, List.of(server.knownHostsLine("ed25519")), "exit 0", Asking.LIMITS);
    assertThat(asking.reason())
        .contains("does not let user " + System.getProperty("user.name") + " in with the key")
        .contains(identity.toString())
        .contains(HostKey.of(Keys.USER.getPublic()).fingerprint())
        .contains("ansible_user");
  }
}

package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.ssh.HostKeyPolicy.Strictness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Hosts whose certificates hold or don't, and what the real ssh makes of them.
class HostCertificateTest {
  private static final String USER = System.getProperty("user.name");

  @TempDir private Path folder;

  /// @param signing how the host's key is certified, in ssh-keygen's words
  /// @param known what known_hosts has: the authority, the key itself, both or neither of them
  /// @param checking `StrictHostKeyChecking`
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -h                         | authority     | yes        | in  |
          -h -V 20200101:20990101    | authority     | yes        | in  |
          -h -V 20200101:20200102    | authority     | yes        | out | is not valid now
          -h -V 20980101:20990101    | authority     | yes        | out | is not valid now
          -h -n other                | authority     | yes        | out | is not for this name
          -h -O critical:odd=1       | authority     | yes        | out | has conditions
          -n 127.0.0.1               | authority     | yes        | out | is one for users
          -h -V 20200101:20200102    | authority key | yes        | in  |
          -h -V 20980101:20990101    | key           | yes        | in  |
          -n 127.0.0.1               | key           | yes        | in  |
          -h -V 20200101:20200102    | authority     | accept-new | in  |
          -h -V 20200101:20200102    | authority     | no         | in  |
          -n 127.0.0.1               | authority     | no         | in  |
          -h -V 20200101:20200102    | neither       | yes        | out | that known_hosts does not trust
          """)
  void counts_where_it_does_for_ssh(
      String signing, String known, String checking, String meant, String reason) throws Exception {
    String sign =
        "cd '%s' && ssh-keygen -q -s authority -I host %s host_ed25519.pub && exec \"$@\""
            .formatted(folder, signing);
    try (OpenSshServer server = OpenSshServer.in(folder, "", List.of("sh", "-c", sign, "sh"))) {
      List<String> lines = new ArrayList<>();
      if (known.contains("authority")) {
        lines.add("@cert-authority * " + server.publicKey("authority"));
      }
      if (known.contains("key")) {
        lines.add(server.knownHostsLine("ed25519"));
      }
      assertThat(ssh(server, Files.write(folder.resolve("theirs"), lines), checking))
          .as("the table, of ssh")
          .isEqualTo(meant);
      ShellOutcome outcome = earshot(server, Files.write(folder.resolve("ours"), lines), checking);
      if (meant.equals("in")) {
        assertThat(outcome).isInstanceOf(ShellOutcome.Finished.class);
      } else {
        assertThat(outcome.toString()).contains("Unreachable").contains(reason);
      }
    }
  }

  private String ssh(OpenSshServer server, Path known, String checking)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("ssh", "-F", "none", "-p", "" + server.port(), "-l", USER));
    for (String option :
        List.of(
            "BatchMode=yes",
            "IdentityAgent=none",
            "IdentityFile=" + folder.resolve("id"),
            "GlobalKnownHostsFile=/dev/null",
            "UserKnownHostsFile=" + known,
            "HostKeyAlgorithms=ssh-ed25519-cert-v01@openssh.com,ssh-ed25519",
            "StrictHostKeyChecking=" + checking)) {
      command.addAll(List.of("-o", option));
    }
    command.addAll(List.of("127.0.0.1", "true"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() == 0 ? "in" : "out";
  }

  private static ShellOutcome earshot(OpenSshServer server, Path known, String checking)
      throws IOException {
    Strictness strictness =
        switch (checking) {
          case "no" -> Strictness.NO;
          case "accept-new" -> Strictness.ACCEPT_NEW;
          default -> Strictness.YES;
        };
    SshTarget target =
        server
            .target("127.0.0.1")
            .withHostKeys(
                new HostKeyPolicy(
                    List.of(known), List.of(), strictness, Optional.empty(), false, false))
            .withAlgorithms(
                new AlgorithmWishes(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("ssh-ed25519-cert-v01@openssh.com,ssh-ed25519"),
                    Optional.empty()));
    try (var transport = new SshTransport(SecretPrompt.NOBODY, _ -> {})) {
      return Asking.of(transport.shellOn(target), "exit 0").outcome();
    }
  }
}

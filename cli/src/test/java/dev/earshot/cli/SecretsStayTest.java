package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.format.ReportFormat;
import dev.earshot.ssh.PasswordServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs whole audits in a process of their own, at the highest verbosity, with secrets planted
/// wherever people keep them, and looks for these in everything that comes out of it.
class SecretsStayTest {

  private static final String PASSWORD = "planted-Ssh-9f3c";
  private static final String BECOME = "planted-Become-71aa";
  private static final String PASSPHRASE = "planted-Passphrase-c0de";
  private static final String OPENER = "planted-Opener-51ce";
  private static final String CONFIGURED = "planted-Configured-b0a7";

  /// `planted-Vaulted-e4e4`, locked with [#OPENER].
  private static final String VAULTED =
      """
      $ANSIBLE_VAULT;1.1;AES256
      33396330306133613237396261366663373366393862616138343733613533343135366262303633
      6262396530336165373433366165316364636538313661360a383737666535616131386131343336
      62643430323739663830613330333832666530303966396230333031393237323463313265633936
      3338366433656135320a383239666237633062323533383137303334623533643162313132313734
      36363635366562303239356331616661353963613862383063313361313730386535
      """;

  /// What each secret begins with, and a line of the key's file, which nobody else has.
  private static final String PLANTED = "planted-";

  private static final List<String> INPUTS =
      List.of("hosts.yml", "configured.yml", "ansible.cfg", "password", "opener", "key", "told");

  /// Asks for a password as sudo does, keeps what it is told, and becomes nobody else.
  private static final String SUDO =
      """
      #!/bin/sh
      while :; do
        case $1 in
          -p) prompt=$2; shift 2 ;;
          -u) shift 2 ;;
          -*) shift ;;
          *) break ;;
        esac
      done
      printf '%s' "$prompt" >&2
      read -r password
      printf '%s\n' "$password" >>"${0%/*}/told"
      exec "$@"
      """;

  @TempDir private Path folder;

  /// What a run left behind.
  ///
  /// @param arguments of the process and of those that it started, as anybody on the machine saw
  ///   them
  private record Run(int exitCode, String arguments) {}

  @Test
  void nothingThatIsSecretComesOut() throws Exception {
    try (PasswordServer server = new PasswordServer(PASSWORD)) {
      Files.writeString(folder.resolve("known"), server.knownHostsLine() + "\n");
      Files.writeString(folder.resolve("password"), BECOME + "\n");
      Files.writeString(folder.resolve("opener"), OPENER + "\n");
      Files.writeString(
          folder.resolve("ansible.cfg"), "[sudo_become_plugin]\npassword = " + CONFIGURED + "\n");
      Path sudo = Files.writeString(folder.resolve("sudo"), SUDO);
      assertThat(sudo.toFile().setExecutable(true)).isTrue();
      Files.writeString(
          folder.resolve("configured.yml"),
          """
          all:
            hosts:
              configured:
                ansible_host: 127.0.0.1
                ansible_port: %d
                ansible_user: auditor
                ansible_ssh_args: -F none -o UserKnownHostsFile=%2$s/known
                ansible_password: %3$s
                ansible_become: true
                ansible_become_exe: %2$s/sudo
          """
              .formatted(server.port(), folder, PASSWORD));
      Process keygen =
          new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", PASSPHRASE, "-f", "key")
              .directory(folder.toFile())
              .start();
      assertThat(keygen.waitFor()).isZero();
      Files.writeString(
          folder.resolve("hosts.yml"),
          """
          all:
            vars:
              ansible_port: %d
              ansible_user: auditor
              ansible_ssh_args: -F none -o UserKnownHostsFile=%2$s/known
            hosts:
              right:
                ansible_host: 127.0.0.1
                ansible_password: "{{ chosen }}"
                chosen: %3$s
                ansible_become: true
                ansible_become_password: %4$s
                ansible_become_exe: /no/sudo
              wrong: {ansible_host: 127.0.0.1, ansible_password: planted-Wrong}
              keyed: {ansible_host: 127.0.0.1, ansible_private_key_file: %2$s/key}
              typo: {ansible_host: 127.0.0.1, ansible_become: true, ansible_become_pass: "planted-a\\nb", ansible_password: %3$s}
              database:
                ansible_host: 127.0.0.1
                ansible_password: %3$s
                earshot_postgres: {host: 127.0.0.1, port: 1, user: auditor, password: planted-Postgres-77, sslmode: disable}
              vaulted:
                ansible_host: 127.0.0.1
                ansible_password: !vault |
          %5$s
          """
              .formatted(
                  server.port(), folder, PASSWORD, BECOME, VAULTED.indent(8).stripTrailing()));
      List<String> planted = List.of(PLANTED, Files.readAllLines(folder.resolve("key")).get(2));
      List<String> audit =
          new ArrayList<>(
              List.of(
                  "audit",
                  "-i",
                  "hosts.yml",
                  "--window",
                  "1s",
                  "--save",
                  "evidence.zip",
                  "--become-password-file",
                  "password",
                  "--vault-password-file",
                  "opener"));
      for (ReportFormat format : ReportFormat.values()) {
        audit.addAll(List.of("--report", "%1$s=report.%1$s".formatted(format.label())));
      }
      Run run = run(audit.toArray(String[]::new));
      assertThat(run.exitCode()).isIn(1, 3);
      for (ReportFormat format : ReportFormat.values()) {
        assertThat(folder.resolve("report." + format.label())).isNotEmptyFile();
      }
      assertThat(run.arguments()).contains("--become-password-file");
      assertThat(Files.readString(folder.resolve("log")))
          .as("the log tells all that SSHD has to tell")
          .contains("DEBUG")
          .contains("right");
      run("history", "show", "last", "--report", "json=history.json");
      assertThat(Files.readString(folder.resolve("history.json")))
          .as("the history holds the report to the letter")
          .isEqualTo(Files.readString(folder.resolve("report.json")));
      Run ping = run("ping", "-i", "hosts.yml", "-v", "--vault-password-file", "opener");
      run("inventory", "-i", "hosts.yml", "--explain", "right.ansible_password");
      Run configured =
          run(
              "audit",
              "-i",
              "configured.yml",
              "--window",
              "0",
              "--save",
              "configured.zip",
              "--report",
              "json=configured.json");
      assertThat(Files.readAllLines(folder.resolve("told")))
          .as("sudo was told the password of ansible.cfg, and no other")
          .isNotEmpty()
          .containsOnly(CONFIGURED);
      assertThat(Files.readString(folder.resolve("configured.json")))
          .as("sudo let it in")
          .containsPattern("\"state\": \"(audited|partial)\"");
      assertThat(run.arguments() + ping.arguments() + configured.arguments())
          .doesNotContain(planted);
      assertThat(Files.readString(folder.resolve("log")))
          .as("each host was asked, the vaulted one with what was locked")
          .contains(
              "vaulted: 127.0.0.1:%d does not let user auditor in with the password; check"
                  .formatted(server.port()));
      assertThat(Files.readString(folder.resolve("report.json")))
          .contains("and with earshot_postgres: ");
      for (Path file : outputs()) {
        assertThat(content(file)).as("%s", file).doesNotContain(planted);
      }
    }
  }

  private List<Path> outputs() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> outputs =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !INPUTS.contains(file.getFileName().toString()))
              .toList();
      assertThat(outputs)
          .as("the history is among them")
          .anyMatch(file -> file.toString().contains("/state/"));
      return outputs;
    }
  }

  private static String content(Path file) throws IOException {
    if (!file.toString().endsWith(".zip")) {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
    StringBuilder all = new StringBuilder();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (var entry : zip.stream().toList()) {
        try (var in = zip.getInputStream(entry)) {
          all.append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return all.toString();
  }

  private Run run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.earshot.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    builder.environment().put("EARSHOT_TRACE", "1");
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    Process process = builder.start();
    String seen = "";
    while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
      seen +=
          Stream.concat(Stream.of(process.toHandle()), process.descendants())
              .flatMap(each -> each.info().arguments().stream())
              .map(words -> String.join(" ", words) + "\n")
              .collect(Collectors.joining());
    }
    return new Run(process.exitValue(), seen);
  }
}

package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.ssh.PasswordServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What users see of `ping` before any host is met.
class PingCommandTest {

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void settle() {
    environment.put("PATH", System.getenv("PATH"));
  }

  private InProcess ping(String hosts, String... options) throws IOException {
    Files.writeString(folder.resolve("hosts"), hosts);
    String[] arguments = new String[options.length + 3];
    arguments[0] = "ping";
    arguments[1] = "-i";
    arguments[2] = "hosts";
    System.arraycopy(options, 0, arguments, 3, options.length);
    return InProcess.run(environment, folder, folder, arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ansible_port=abc                                   | hosts:2: ansible_port must be a whole number but is "abc"; write a number from 1 to 65535
          ansible_ssh_common_args='-o Bogus=1'               | hosts:2: -o Bogus among the arguments of ssh:
          ansible_ssh_extra_args='-o Port=x'                 | hosts:2: -o Port among the arguments of ssh:
          ansible_ssh_args="-o 'A"                           | hosts:2: ansible_ssh_args can't be split into words:
          ansible_ssh_common_args='-F gone'                  | hosts:2: -F among the arguments of ssh: 'gone' does not exist; name a file, or none
          ansible_ssh_common_args='-o RevokedHostKeys=gone'  | -o RevokedHostKeys among the arguments of ssh: RevokedHostKeys: gone can't be read
          ansible_ssh_common_args='-o RevokedHostKeys=FOLDER/krl' | krl is a binary revocation list, of which Earshot can't tell what it revokes; give it a text file
          ansible_ssh_common_args='-o RevokedHostKeys=FOLDER/asks' | asks:1 holds no public key; give it a text file with one public key a line
          ansible_ssh_common_args='-o KnownHostsCommand=/bin/k -o StrictHostKeyChecking=no' | KnownHostsCommand is not run, and without it a key that it revokes might be trusted
          ansible_ssh_common_args='-F FOLDER/asks'           | asks:1: Match needs the shell /no/shell, which can't be run; set SHELL to your shell
          ansible_host='a b'                                 | hosts:2: the address: 'a b' is no host; write a name or an address
          ansible_host="{{ nowhere }}"                       | hosts:2: ansible_host of bad can't be evaluated:
          ansible_host=web1:2222                             | hosts:2: the address 'web1:2222' has a port in it; write the port into ansible_port
          ansible_connection=winrm                           | ansible_connection is winrm, and Earshot speaks ssh and local
          """)
  void aMistakeCostsItsHostOnly(String variables, String reason) throws IOException {
    Files.writeString(folder.resolve("asks"), "Match exec true\n  Port 1\n");
    Files.writeString(folder.resolve("krl"), "SSHKRL\n\0 and more");
    environment.put("SHELL", "/no/shell");
    String bad = variables.replace("FOLDER", folder.toString());
    InProcess run = ping("good ansible_connection=local\nbad " + bad + "\n");
    assertThat(run.exit()).as("%s", run).isEqualTo(3);
    assertThat(run.out()).contains("good                 ok ");
    assertThat(run.out()).contains("bad                  NO   not contacted: ").contains(reason);
  }

  @Test
  void allMistakesOfOneHostAreTold() throws IOException {
    assertThat(ping("bad ansible_port=abc ansible_timeout=never\n").out())
        .contains("ansible_port must be")
        .contains("; and ")
        .contains("hosts:1: ansible_timeout must be");
  }

  @Test
  void mistakesOnTheCommandLineAreToldAllAtOnceAndNobodyIsAsked() throws IOException {
    Files.writeString(
        folder.resolve("ansible.cfg"), "[ssh_connection]\nssh_args = -o Port=seven -F gone\n");
    InProcess run =
        ping(
            "one ansible_connection=local\n",
            "--ssh-common-args=-o Bogus=1",
            "--ssh-extra-args='-J");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("ansible.cfg:2: ssh_args: -o Port among the arguments of ssh:")
        .contains("ansible.cfg:2: ssh_args: -F among the arguments of ssh: 'gone' does not exist")
        .contains("--ssh-common-args: -o Bogus among the arguments of ssh:")
        .contains("--ssh-extra-args can't be split into words:");
  }

  @Test
  void thisMachineIsAskedToRunSomethingAndToBecomeSomebody() throws IOException {
    Path sudo = folder.resolve("false-sudo");
    Files.writeString(
        sudo,
        """
        #!/bin/sh
        while [ "$1" != /bin/sh ]; do shift; done
        exec "$@"
        """);
    assertThat(sudo.toFile().setExecutable(true)).isTrue();
    InProcess run =
        ping(
            """
            plain
            may ansible_become=yes ansible_become_exe=%1$s
            may-not ansible_become=yes ansible_become_exe=/no/sudo
            is-already ansible_become=yes ansible_become_exe=/no/sudo ansible_become_user=%2$s
            wrong ansible_become=maybe
            unspoken ansible_become=yes ansible_become_method=pbrun
            [all:vars]
            ansible_connection=local
            ansible_become_user=another
            """
                .formatted(sudo, System.getProperty("user.name")));
    assertThat(run.exit()).isEqualTo(3);
    assertThat(
            run.out()
                .replaceAll("command \\d+ ms", "command N ms")
                .replace(System.getProperty("user.name") + " on", "USER on")
                .replace(folder.toString(), "FOLDER")
                .lines()
                .sorted())
        .containsExactly(
            "is-already           ok   USER on this machine, without SSH: command N ms",
            "may                  ok   USER on this machine, without SSH: command N ms; becomes another (sudo)",
            "may-not              NO   USER on this machine, without SSH: command N ms; but there is no /no/sudo on the host: install it, or correct ansible_become_method or ansible_become_exe",
            "plain                ok   USER on this machine, without SSH: command N ms",
            "unspoken             NO   not contacted: become method pbrun is not spoken; Earshot speaks sudo, su and doas",
            "wrong                NO   not contacted: FOLDER/hosts:5: ansible_become must be a boolean but is \"maybe\"; write true or false");
    assertThat(run.err())
        .isEqualTo(
            "3 of 6 hosts let us in; 1 as the login user only, 2 not contacted."
                + System.lineSeparator());
  }

  /// Reports of two runs can be compared line by line.
  @Test
  void hostsAreToldInTheInventorysOrderWhoeverAnswersFirst() throws IOException {
    Path slow = folder.resolve("slow-sudo");
    Files.writeString(
        slow,
        """
        #!/bin/sh
        sleep 1
        while [ "$1" != /bin/sh ]; do shift; done
        exec "$@"
        """);
    assertThat(slow.toFile().setExecutable(true)).isTrue();
    InProcess run =
        ping(
            """
            late ansible_become=yes ansible_become_user=another ansible_become_exe=%s
            early
            a-host-with-a-name-that-is-rather-long
            [all:vars]
            ansible_connection=local
            """
                .formatted(slow));

    assertThat(run.out().lines().map(line -> line.replaceFirst(" ok .*", "")))
        .containsExactly(
            "late" + " ".repeat(34),
            "early" + " ".repeat(33),
            "a-host-with-a-name-that-is-rather-long");
  }

  /// One that is a page, say, or a log.
  @Test
  void aFileThatIsNoInventoryIsNotToldLineByLine() throws IOException {
    InProcess run = ping("[web\n".repeat(390));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).hasSizeBetween(2, 25);
    assertThat(run.err())
        .contains("hosts:1: ")
        .contains("more like these; is it the file that was meant?");
  }

  @Test
  void whatIsNotObeyedIsToldOnce() throws IOException {
    InProcess run =
        ping(
            """
            one
            two
            three ansible_ssh_executable=/usr/bin/ssh
            [all:vars]
            ansible_host=127.0.0.1
            ansible_port=1
            ansible_ssh_common_args='-L 1:localhost:2 -vvv -o BindInterface=eth7 -o KnownHostsCommand=/bin/k'
            ansible_ssh_executable='sshpass -pgeheim ssh'
            """);
    assertThat(run.err().lines().filter(line -> line.startsWith("warning: ")))
        .containsExactlyInAnyOrder(
            "warning: -L among the arguments of ssh means nothing to Earshot and is left out; nothing to do if the host is reached",
            "warning: -o BindInterface among the arguments of ssh: BindInterface is not obeyed; use BindAddress (-b) instead",
            "warning: -o KnownHostsCommand among the arguments of ssh: KnownHostsCommand is not obeyed; put the keys into known_hosts",
            "warning: ansible_ssh_executable is sshpass, which is not run: Earshot speaks SSH itself; what it does for the connection has to stand in ssh_config, too");
  }

  @Test
  void aNameThatIsAlmostOneOfAnsiblesIsTold() throws IOException {
    InProcess run =
        ping(
            """
            one ansible_ssh_hots=a ansible_prt=1 ansible_user_id=7 ansible_python_interpreter=/p
            two
            [all:vars]
            ansible_connection=local
            ansible_becom=yes
            earshot_regoin=gra
            earshot_postgress=x
            earshot_zone=gra1
            earshot_note=x
            ansible_scp_extra_args=-C
            """);
    assertThat(run.exit()).isZero();
    assertThat(run.err().replace(folder + "/", "").lines().filter(line -> line.contains("warning")))
        .containsExactlyInAnyOrder(
            "warning: hosts:1: ansible_ssh_hots means nothing to Ansible; did you mean ansible_ssh_host?",
            "warning: hosts:1: ansible_prt means nothing to Ansible; did you mean ansible_port?",
            "warning: hosts:5: ansible_becom means nothing to Ansible; did you mean ansible_become?",
            "warning: hosts:6: earshot_regoin means nothing to Earshot; did you mean earshot_region?",
            "warning: hosts:7: earshot_postgress means nothing to Earshot; did you mean earshot_postgres?");
  }

  @Test
  void passwordsComeFromStandardInputWhereThereIsNoTerminal() throws Exception {
    try (PasswordServer server = new PasswordServer("right secret")) {
      Path known = Files.writeString(folder.resolve("known"), server.knownHostsLine() + "\n");
      Files.writeString(
          folder.resolve("hosts"),
          "one ansible_host=127.0.0.1 ansible_port=%d ansible_ssh_args='-F none'\n"
              .formatted(server.port()));
      Process process =
          new ProcessBuilder(
                  "setsid",
                  "-w",
                  Pty.earshot(folder).toString(),
                  "ping",
                  "-i",
                  "hosts",
                  "--known-hosts",
                  known.toString(),
                  "-kK")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      try (var in = process.getOutputStream()) {
        in.write("right secret\nanother\n".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("with the password")
          .contains("1 of 1 hosts let us in.")
          .doesNotContain("secret");
    }
  }

  /// It is told in its turn; the others are called meanwhile.
  @Test
  void aSlowHostHoldsNobodyBack() throws IOException {
    long began = System.nanoTime();
    try (var silent = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      InProcess run =
          ping(
              """
              slow ansible_host=127.0.0.1 ansible_port=%d ansible_timeout=2
              slower ansible_host=127.0.0.1 ansible_port=%d ansible_timeout=3
              quick ansible_connection=local
              """
                  .formatted(silent.getLocalPort(), silent.getLocalPort()));
      assertThat(run.out().lines().map(line -> line.replaceFirst(" .*", "")))
          .containsExactly("slow", "slower", "quick");
      assertThat(run.out()).contains("no SSH greeting");
      assertThat(run.err()).contains("1 of 3 hosts let us in; 2 did not.");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(4900));
    }
  }
}

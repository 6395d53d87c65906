package dev.earshot.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.config.AnsibleConfig;
import dev.earshot.inventory.AnsiblePeer;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.Inventory;
import dev.earshot.inventory.InventoryReader;
import dev.earshot.inventory.InventoryRequest;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Rendering;
import dev.earshot.python.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the real Ansible gives to `ssh`, host by host, beside what [AnsibleSsh] would: a program in
/// ssh's place writes its arguments down.
class SameArgumentsAsAnsibleTest {

  /// Each has its own address, under which its arguments are found.
  private static final String HOSTS =
      """
      plain
      address ansible_host=a1
      older ansible_ssh_host=a2
      both ansible_host=no ansible_ssh_host=a3
      port ansible_port=2222
      port-alias ansible_port=1 ansible_ssh_port=2223
      port-text ansible_port="'0022'"
      user ansible_user=deploy
      user-alias ansible_user=no ansible_ssh_user=root
      user-odd ansible_user='Jo Doe'
      user-empty ansible_user=''
      key ansible_private_key_file=/keys/one
      key-alias ansible_private_key_file=/no ansible_ssh_private_key_file='/keys/with blank'
      args ansible_ssh_args='-o ControlMaster=no -F /etc/other'
      args-empty ansible_ssh_args=''
      common ansible_ssh_common_args='-J jump1,jump2'
      common-quoted ansible_ssh_common_args='-o ProxyCommand="ssh -W %h:%p gate"'
      extra ansible_ssh_extra_args='-o User=late -p 99'
      both-args ansible_ssh_common_args='-o A=1 # no comment' ansible_ssh_extra_args='-o B=2'
      no-check ansible_host_key_checking=no
      no-check-alias ansible_host_key_checking=yes ansible_ssh_host_key_checking=false
      timeout ansible_ssh_timeout=33
      everything ansible_host=a9 ansible_port=9 ansible_user=u ansible_private_key_file=k ansible_ssh_common_args="-4 -C"
      """;

  @TempDir private Path folder;

  @BeforeAll
  static void theRealOneIsHere() {
    AnsiblePeer.assumeInstalled("ansible");
  }

  @Test
  void whereNothingElseIsSaid() throws Exception {
    compare(Map.of(), "", List.of(), CommandLine.EMPTY);
  }

  @Test
  void whereTheConfigurationSaysSomething() throws Exception {
    compare(
        Map.of(),
        """
        [defaults]
        remote_user = configured
        remote_port = 4444
        private_key_file = keys/configured
        timeout = 21
        host_key_checking = False
        [ssh_connection]
        ssh_args = -o Configured=yes
        ssh_common_args = -o Common=cfg
        ssh_extra_args = -o Extra=cfg
        """,
        List.of(),
        CommandLine.EMPTY);
  }

  @Test
  void whereTheEnvironmentSaysSomething() throws Exception {
    compare(
        Map.of(
            "ANSIBLE_REMOTE_USER", "environment",
            "ANSIBLE_REMOTE_PORT", "5555",
            "ANSIBLE_PRIVATE_KEY_FILE", "/keys/environment",
            "ANSIBLE_TIMEOUT", "22",
            "ANSIBLE_HOST_KEY_CHECKING", "no",
            "ANSIBLE_SSH_ARGS", "-o Environment=yes",
            "ANSIBLE_SSH_COMMON_ARGS", "-o Common=env",
            "ANSIBLE_SSH_EXTRA_ARGS", "-o Extra=env"),
        "[defaults]\nremote_user = no\n",
        List.of(),
        CommandLine.EMPTY);
  }

  @Test
  void whereTheCommandLineSaysSomething() throws Exception {
    compare(
        Map.of("ANSIBLE_REMOTE_USER", "no", "ANSIBLE_TIMEOUT", "1"),
        "[defaults]\nprivate_key_file = /no\n",
        List.of(
            "-u",
            "line",
            "--private-key",
            "/keys/line",
            "-T",
            "44",
            "--ssh-common-args=-o Common=line",
            "--ssh-extra-args=-o Extra=line"),
        new CommandLine(
            Optional.empty(),
            Optional.of("line"),
            Optional.of(Path.of("/keys/line")),
            Optional.of(44),
            Optional.of("-o Common=line"),
            Optional.of("-o Extra=line"),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of()));
  }

  private void compare(
      Map<String, String> environment, String config, List<String> options, CommandLine given)
      throws Exception {
    Path hosts = Files.writeString(folder.resolve("hosts"), HOSTS);
    Files.writeString(folder.resolve("ansible.cfg"), config);
    Map<String, List<String>> theirs = theirs(environment, options);
    Map<String, String> around = new HashMap<>(System.getenv());
    around.putAll(environment);
    around.remove("ANSIBLE_CONFIG");
    AnsibleConfig read = AnsibleConfig.read(new Surroundings(around, folder, folder));
    assertThat(read.problems()).isEmpty();
    Inventory inventory = InventoryReader.read(InventoryRequest.of(List.of(hosts))).inventory();
    for (Host host : inventory.hosts()) {
      List<Problem> problems = new ArrayList<>();
      AnsibleSsh ours =
          AnsibleSsh.of(
              new HostVariables(host, host.settings(Rendering.none()), problems),
              Plugin.SSH,
              given,
              read);
      assertThat(problems).as(host.name()).isEmpty();
      assertThat(ours.arguments())
          .as(host.name())
          .isEqualTo(theirs.getOrDefault(ours.address(), List.of("(not called)")));
    }
  }

  /// By the address that `ssh` was called with; without what is only for sharing connections and
  /// for terminals.
  private Map<String, List<String>> theirs(Map<String, String> environment, List<String> options)
      throws IOException, InterruptedException {
    Path calls = Files.createDirectory(folder.resolve("calls"));
    Path ssh =
        Files.writeString(
            folder.resolve("ssh"),
            """
            #!/bin/sh
            [ $# -gt 3 ] || exit 0
            last=
            for word; do before=$last; last=$word; done
            printf '%%s\\n' "$@" >'%s/'"$before"
            """
                .formatted(calls));
    assertThat(ssh.toFile().setExecutable(true)).isTrue();
    List<String> command =
        new ArrayList<>(
            List.of("ansible", "all", "-i", "hosts", "-m", "raw", "-a", "true", "-f", "8"));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().remove("ANSIBLE_CONFIG");
    builder.environment().putAll(environment);
    builder.environment().put("ANSIBLE_SSH_EXECUTABLE", ssh.toString());
    builder.environment().put("ANSIBLE_SSH_CONTROL_PATH_DIR", folder.resolve("cp").toString());
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    Map<String, List<String>> all = new HashMap<>();
    try (var files = Files.list(calls)) {
      for (Path file : files.toList()) {
        all.put(file.getFileName().toString(), meant(Files.readAllLines(file)));
      }
    }
    assertThat(all).as("%s", Files.readString(folder.resolve("log"))).isNotEmpty();
    return all;
  }

  private static List<String> meant(List<String> arguments) {
    List<String> meant = new ArrayList<>(arguments.subList(0, arguments.size() - 2));
    if (meant.getLast().equals("-tt")) {
      meant.removeLast();
    }
    if (meant.getLast().startsWith("ControlPath=")) {
      meant.removeLast();
      meant.removeLast();
    }
    return meant;
  }
}

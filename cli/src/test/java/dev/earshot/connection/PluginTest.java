package dev.earshot.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.config.AnsibleConfig;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.InventoryReader;
import dev.earshot.inventory.InventoryRequest;
import dev.earshot.inventory.Rendering;
import dev.earshot.python.Surroundings;
import dev.earshot.ssh.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The variables that only paramiko reads.
class PluginTest {

  @TempDir private Path folder;

  private AnsibleSsh read(Plugin plugin, String variables) throws IOException {
    Path file = Files.writeString(folder.resolve("hosts"), "h " + variables);
    Host host =
        InventoryReader.read(InventoryRequest.of(List.of(file)))
            .inventory()
            .host("h")
            .orElseThrow();
    return AnsibleSsh.of(
        new HostVariables(host, host.settings(Rendering.none()), new ArrayList<>()),
        plugin,
        CommandLine.EMPTY,
        AnsibleConfig.read(new Surroundings(Map.of(), folder, folder)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ansible_port=1 ansible_ssh_port=2 ansible_paramiko_port=3               | Port=3
          ansible_user=a ansible_ssh_user=b ansible_paramiko_user=c               | User="c"
          ansible_ssh_private_key_file=/a ansible_paramiko_private_key_file=/b    | IdentityFile="/b"
          ansible_ssh_timeout=1 ansible_paramiko_timeout=2                        | ConnectTimeout=2
          ansible_ssh_host_key_checking=yes ansible_paramiko_host_key_checking=no | StrictHostKeyChecking=no
          ansible_paramiko_proxy_command='ssh -W %h:%p gate'                      | ProxyCommand=ssh -W %h:%p gate
          """)
  void paramikosOwnOutweighTheOthersAndAreNothingToSsh(String variables, String argument)
      throws IOException {
    assertThat(read(Plugin.PARAMIKO, variables).arguments()).contains(argument);
    assertThat(read(Plugin.SSH, variables).arguments()).doesNotContain(argument);
  }

  @Test
  void soDoAddressAndPassword() throws IOException {
    String variables =
        "ansible_ssh_host=a ansible_ssh_password=p ansible_paramiko_host=b ansible_paramiko_pass=q";

    assertThat(read(Plugin.PARAMIKO, variables).address()).isEqualTo("b");
    assertThat(read(Plugin.PARAMIKO, variables).password()).contains(new Secret("q"));
    assertThat(read(Plugin.SSH, variables).address()).isEqualTo("a");
    assertThat(read(Plugin.SSH, variables).password()).contains(new Secret("p"));
    assertThat(read(Plugin.PARAMIKO, variables + " ansible_paramiko_password=r").password())
        .contains(new Secret("r"));
  }

  @ParameterizedTest
  @EnumSource(Plugin.class)
  void theOthersCountWhereThereAreNone(Plugin plugin) throws IOException {
    AnsibleSsh ssh = read(plugin, "ansible_host=a ansible_user=b ansible_ssh_pass=p");

    assertThat(ssh.address()).isEqualTo("a");
    assertThat(ssh.arguments()).contains("User=\"b\"").noneMatch(each -> each.contains("Proxy"));
    assertThat(ssh.password()).contains(new Secret("p"));
  }
}

package dev.earshot.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.become.Become;
import dev.earshot.config.AnsibleConfig;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.InventoryReader;
import dev.earshot.inventory.InventoryRequest;
import dev.earshot.inventory.Rendering;
import dev.earshot.python.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whom variables mean, beside an `ansible.cfg` with values of its own.
class BecomeSettingsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ansible_become_user=app                              | sudo -u app by /cfg/sudo with -n
          ansible_become_user=''                               | sudo -u root by /cfg/sudo with -n
          ansible_become_exe=''                                | sudo -u configured by sudo with -n
          ansible_become_flags=''                              | sudo -u configured by /cfg/sudo with
          ansible_become_flags=-H ansible_sudo_flags=''        | sudo -u configured by /cfg/sudo with
          ansible_become_method=su ansible_become_user=''      | su -u root by su with
          ansible_become_method=su ansible_su_exe=/bin/su      | su -u configured by /bin/su with
          ansible_become_method=doas ansible_become_exe=''     | doas -u configured by doas with
          """)
  void empty_values_count(String variables, String meant) throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "h ansible_become=yes " + variables);
    Files.writeString(
        folder.resolve("ansible.cfg"),
        """
        [privilege_escalation]
        become_user = configured
        [sudo_become_plugin]
        executable = /cfg/sudo
        flags = -n
        """);
    Surroundings around = new Surroundings(Map.of(), folder, folder);
    Host host =
        InventoryReader.read(InventoryRequest.of(List.of(hosts)))
            .inventory()
            .host("h")
            .orElseThrow();
    var read =
        new BecomeSettings(
                new HostVariables(host, host.settings(Rendering.none()), new ArrayList<>()),
                CommandLine.EMPTY,
                AnsibleConfig.read(around),
                around)
            .read();
    assertThat(read)
        .isInstanceOfSatisfying(
            BecomeSettings.Outcome.Somebody.class,
            somebody -> assertThat(shown(somebody.become())).isEqualTo(meant));
  }

  private static String shown(Become become) {
    return "%s -u %s by %s with %s"
        .formatted(become.method().executable(), become.user(), become.executable(), become.flags())
        .strip();
  }
}

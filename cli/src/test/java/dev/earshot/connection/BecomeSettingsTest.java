package dev.earshot.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.become.Become;
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
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
    Become become =
        read(
            variables,
            """
            [privilege_escalation]
            become_user = configured
            [sudo_become_plugin]
            executable = /cfg/sudo
            flags = -n
            """,
            Map.of());
    assertThat(shown(become)).isEqualTo(meant);
  }

  /// All of them have the same settings under names of their own, and the environment is stronger
  /// than the file.
  @ParameterizedTest
  @EnumSource(Become.Method.class)
  void each_method_has_settings_of_its_own(Become.Method method) throws IOException {
    String name = method.executable();
    String variables = "ansible_become_method=" + name;
    String config =
        """
        [privilege_escalation]
        become_user = all
        become_exe = /cfg/all
        become_flags = -all
        [%s_become_plugin]
        user = own
        executable = /cfg/own
        flags = -own
        password = in the file
        """
            .formatted(name);

    Become configured = read(variables, config, Map.of());
    assertThat(shown(configured)).isEqualTo(name + " -u own by /cfg/own with -own");
    assertThat(configured.password()).contains(new Secret("in the file"));

    Map<String, String> environment =
        Map.of("USER", "env", "EXE", "/env/exe", "FLAGS", "-env", "PASS", "in the environment")
            .entrySet()
            .stream()
            .collect(
                Collectors.toMap(
                    entry ->
                        "ANSIBLE_%s_%s".formatted(name.toUpperCase(Locale.ROOT), entry.getKey()),
                    Map.Entry::getValue));
    Become overridden = read(variables, config, environment);
    assertThat(shown(overridden)).isEqualTo(name + " -u env by /env/exe with -env");
    assertThat(overridden.password()).contains(new Secret("in the environment"));

    assertThat(read(variables + " ansible_become_pass=variable", config, environment).password())
        .contains(new Secret("variable"));
    assertThat(read(variables, "", Map.of()).password()).isEmpty();
  }

  private Become read(String variables, String config, Map<String, String> environment)
      throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "h ansible_become=yes " + variables);
    Files.writeString(folder.resolve("ansible.cfg"), config);
    Surroundings around = new Surroundings(environment, folder, folder);
    Host host =
        InventoryReader.read(InventoryRequest.of(List.of(hosts)))
            .inventory()
            .host("h")
            .orElseThrow();
    var read =
        new BecomeSettings(
                new HostVariables(host, host.settings(Rendering.none()), new ArrayList<>()),
                CommandLine.EMPTY,
                AnsibleConfig.read(around))
            .read();
    return ((BecomeSettings.Outcome.Somebody) read).become();
  }

  private static String shown(Become become) {
    return "%s -u %s by %s with %s"
        .formatted(become.method().executable(), become.user(), become.executable(), become.flags())
        .strip();
  }
}

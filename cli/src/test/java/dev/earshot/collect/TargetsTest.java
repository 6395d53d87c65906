package dev.earshot.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.config.AnsibleConfig;
import dev.earshot.connection.CommandLine;
import dev.earshot.connection.Connections;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.InventoryHost.Line;
import dev.earshot.evidence.InventoryHost.Topic;
import dev.earshot.evidence.Place;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.InventoryReader;
import dev.earshot.inventory.InventoryRequest;
import dev.earshot.inventory.Location;
import dev.earshot.inventory.TemplateRendering;
import dev.earshot.python.Surroundings;
import dev.earshot.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          provider=ovh region=gra zone=a                     | ovh/gra/a
          hosting_provider=ovh cloud_region=gra dc=gra1      | ovh/gra/gra1
          datacenter=fsn1-dc14 dc=other                      | fsn1-dc14
          ansible_datacenter=x                               | x
          site=paris                                         | paris
          site=paris earshot_zone=lyon region=eu             | eu/lyon
          region={{nowhere}} site=paris                      | paris
          """)
  void placesByTheirUsualVariables(String variables, String place) throws IOException {
    assertThat(host(variables).declared().map(Place::toString)).contains(place);
  }

  @Test
  void noneOfThemIsNoPlace() throws IOException {
    assertThat(host("x=1").declared()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "lemmy_version=0.19.3, 0.19.3",
    "lemmy_image=dessalines/lemmy:0.19.3, dessalines/lemmy:0.19.3",
    "lemmy_version=0.19.3 lemmy_docker_image=dessalines/lemmy:{{lemmy_version}}, dessalines/lemmy:0.19.3",
    "'lemmy_version=0.19.3 lemmy_docker_image={{lookup(lemmy_version)}}', 0.19.3"
  })
  void lemmysVersionAsTheInventoryHasIt(String variables, String version) throws IOException {
    assertThat(host(variables).lemmyVersion()).contains(version);
  }

  @ParameterizedTest
  @CsvSource({
    "domain=lemmy.example.org, lemmy.example.org",
    "domain=corp.test lemmy_domain=lemmy.example.org, lemmy.example.org",
    "domain=lemmy.example.org earshot_service_name=www.example.org, www.example.org",
    "domain=lemmy.example.org earshot_service_name=, ''"
  })
  void theServicesNameAsTheInventoryHasIt(String variables, String name) throws IOException {
    assertThat(host(variables).serviceName()).contains(name);
  }

  @ParameterizedTest
  @CsvSource({
    "x=1, false",
    "ansible_python_interpreter=/usr/bin/python3, false",
    "ansible_python_interpreter=auto_silent, false",
    "ansible_python_interpreter=/opt/venv/bin/python, true",
    "ansible_python_interpreter=/usr/libexec/platform-python, true",
    "venv=/opt/venv ansible_python_interpreter={{venv}}/bin/python, true",
    "ansible_python_interpreter={{nowhere}}, true"
  })
  void whetherAnsibleUsesAnotherPython(String variables, boolean own) throws IOException {
    assertThat(host(variables).ownPython()).isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource({
    "x=1, h",
    "ansible_host=a, a",
    "ansible_host=a ansible_paramiko_host=b, a",
    "ansible_connection=paramiko ansible_host=a ansible_paramiko_host=b, b",
    "ansible_connection=paramiko ansible_host=a earshot_address=c, c"
  })
  void theAddressIsThatOfTheConnectionsPlugin(String variables, String address) throws IOException {
    assertThat(host(variables).address()).isEqualTo(address);
  }

  @Test
  void whereAVariableStandsIsKnown() throws IOException {
    Files.createDirectory(folder.resolve("group_vars"));
    Files.writeString(
        folder.resolve("group_vars/all.yml"), "---\n# ours\nregion: gra\nzone: gra1\n");
    Files.createDirectories(folder.resolve("host_vars/h"));
    Files.writeString(folder.resolve("host_vars/h/lemmy.yml"), "lemmy_version: 0.19.3\n");

    InventoryHost host = host("domain=lemmy.example.org");

    assertThat(host.said())
        .isEqualTo(
            Map.of(
                Topic.PLACE, new Line("group_vars/all.yml", 3),
                Topic.LEMMY_VERSION, new Line("host_vars/h/lemmy.yml", 1),
                Topic.SERVICE_NAME, new Line("hosts", 1)));
    assertThat(host.line(Optional.of(Topic.PLACE))).contains(new Line("group_vars/all.yml", 3));
    assertThat(host.line(Optional.empty())).contains(new Line("hosts", 1));
    assertThat(host("x=1 earshot_service_name=").said())
        .containsEntry(Topic.SERVICE_NAME, new Line("hosts", 1));
  }

  @Test
  void ofWhatLiesElsewhereReportsTellNoFolderOfAPerson() throws IOException {
    Path other = Files.createDirectories(folder.resolve("alice/play/group_vars"));
    Host host = declaredIn(folder.resolve("inventory/hosts"));

    Surroundings elsewhere = around(folder.resolve("elsewhere"));
    assertThat(VarsPath.of(host, new Location(other.resolve("all.yml"), 1), elsewhere))
        .isEqualTo("group_vars/all.yml");
    assertThat(VarsPath.of(host, new Location(folder.resolve("alice/extra.yml"), 1), elsewhere))
        .isEqualTo("extra.yml");
  }

  /// As GitHub resolves it from the repository's root.
  @ParameterizedTest
  @CsvSource({
    "., hosts.yml, group_vars/all.yml",
    "repo, ansible/hosts.yml, ansible/group_vars/all.yml",
    "repo/ansible, hosts.yml, group_vars/all.yml",
    "repo/ansible/group_vars, hosts.yml, all.yml",
    "repo/other, hosts.yml, group_vars/all.yml",
    "/, hosts.yml, group_vars/all.yml"
  })
  void aFileBelowTheWorkingDirectoryIsCalledFromThereOn(String here, String hosts, String all)
      throws IOException {
    Files.createDirectories(folder.resolve("repo/ansible/group_vars"));
    Host host = declaredIn(folder.resolve("repo/ansible/hosts.yml"));
    Surroundings around = around(folder.resolve(here));

    assertThat(VarsPath.of(host, host.declared(), around)).isEqualTo(hosts);
    assertThat(
            VarsPath.of(
                host, new Location(folder.resolve("repo/ansible/group_vars/all.yml"), 3), around))
        .isEqualTo(all);
  }

  private Surroundings around(Path workingDirectory) {
    return new Surroundings(Map.of(), workingDirectory, folder.resolve("home/alice"));
  }

  private static Host declaredIn(Path file) throws IOException {
    Files.createDirectories(file.resolveSibling("group_vars"));
    Files.writeString(file, "h");
    return InventoryReader.read(InventoryRequest.of(List.of(file)))
        .inventory()
        .host("h")
        .orElseThrow();
  }

  private InventoryHost host(String variables) throws IOException {
    Path file =
        Files.writeString(folder.resolve("hosts"), "h ansible_connection=local " + variables);
    Surroundings around = new Surroundings(Map.of(), folder, folder);
    var inventory = InventoryReader.read(InventoryRequest.of(List.of(file))).inventory();
    return Targets.of(
            List.of(inventory.host("h").orElseThrow()),
            new TemplateRendering(inventory, Vault.withoutPassword(), Map.of()),
            new Connections(CommandLine.EMPTY, AnsibleConfig.read(around), around),
            around)
        .targets()
        .getFirst()
        .host();
  }
}

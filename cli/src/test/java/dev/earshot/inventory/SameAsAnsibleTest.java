package dev.earshot.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds what this package reads from the sample inventories against the real `ansible-inventory`:
/// hosts, groups, children, their order, and every variable of every host.
class SameAsAnsibleTest {

  private static final Path SAMPLES = Path.of("src/test/resources/inventory/same").toAbsolutePath();

  /// Ansible also reads `group_vars/` below the working directory.
  @TempDir private Path empty;

  @BeforeAll
  static void ansibleIsInstalled() {
    AnsiblePeer.assumeInstalled("ansible-inventory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ini-basics/hosts.ini",
        "ini-literals/hosts",
        "ini-forward/hosts",
        "ranges/hosts",
        "yaml-basics/hosts.yml",
        "yaml-types/hosts.yaml",
        "yaml-unsafe/hosts.yml",
        "json/hosts.json",
        "precedence/hosts",
        "directory",
        "odd/hosts",
        "plugins",
        "constructed",
        "scripts",
        "names/hosts",
        "two-sources/one/hosts two-sources/two/hosts.yml",
        "two-sources/two/hosts.yml two-sources/one/hosts",
      })
  void reads_what_ansible_reads(String sources) throws Exception {
    var paths = Arrays.stream(sources.split(" ", -1)).map(SAMPLES::resolve).toList();
    var result = InventoryReader.read(InventoryRequest.of(paths));
    assertThat(result.problems()).filteredOn(Problem::isError).isEmpty();
    assertThat(AnsibleListing.of(result.inventory())).isEqualTo(AnsiblePeer.list(empty, paths));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h1,h2:22,[2001:db8::1]:33", "only,", " a , b:1 ,,a:2"})
  void reads_host_lists_as_ansible_does(String list) throws Exception {
    var sources = List.of(Path.of(list));
    assertThat(AnsibleListing.of(InventoryReader.read(InventoryRequest.of(sources)).inventory()))
        .isEqualTo(AnsiblePeer.list(empty, sources));
  }

  @Test
  void chooses_the_hosts_that_ansible_chooses() throws Exception {
    var source = SAMPLES.resolve("ini-basics/hosts.ini");
    var patterns =
        List.of(
            "all",
            "web",
            "web:db",
            "web,db",
            "web:!web-a",
            "prod:&db",
            "!db",
            "*",
            "web*",
            "~web-[ab]",
            "~eb",
            "db[0]",
            "db[-1]",
            "web[0:2]",
            "web[2:]",
            "web[2:0]",
            "web[-2:]",
            "web-[bc]",
            "web-[!a]",
            "10.0.?.3",
            "2001:db8::1",
            "web db",
            "ungrouped",
            "prod[1:3]",
            "lonely,web[1]",
            "",
            ",,",
            "db2:db1",
            "web:&~.*example",
            "nope:db1",
            "WEB",
            "web[1-2]",
            "[w]eb",
            "web[9:12]",
            "db1:!db",
            "&web",
            "web.",
            "ungr*",
            "al*",
            "!all",
            "web:db,db1",
            "localhost",
            "~[",
            "~[[w]eb",
            "~(?P<name>db)\\d$",
            "web[0-0]",
            "db[99999999999:]",
            "all[1]");
    var inventory = InventoryReader.read(InventoryRequest.of(List.of(source))).inventory();
    var chosen = new LinkedHashMap<String, List<String>>();
    for (var pattern : patterns) {
      var selection = HostPattern.parse(pattern).select(inventory);
      chosen.put(pattern, selection.hosts().stream().map(Host::name).sorted().toList());
    }
    var expected = AnsiblePeer.chosen(empty, source, patterns);
    expected.replaceAll((_, names) -> names.stream().sorted().toList());
    assertThat(chosen).isEqualTo(expected);
  }
}

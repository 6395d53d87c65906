package dev.earshot.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.inventory.ReadSettings.DuplicateKeys;
import dev.earshot.inventory.ReadSettings.GroupNames;
import dev.earshot.python.Surroundings;
import dev.earshot.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `ansible.cfg` can change about the reading of sources.
class SettingsObeyedTest {

  private static final ReadSettings DEFAULTS = ReadSettings.defaults();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "NEVER, we-b, true",
    "ALWAYS, we_b, true",
    "IGNORE, we-b, false",
    "SILENTLY, we_b, false"
  })
  void group_names(GroupNames names, String name, boolean said) throws IOException {
    var result = read(settings(names, DuplicateKeys.WARN, false), "hosts", "[we-b]\nh1\n");
    assertThat(result.inventory().group(name)).isPresent();
    assertThat(result.problems()).hasSize(said ? 1 : 0).noneMatch(Problem::isError);
  }

  @Test
  void a_child_is_looked_for_by_its_written_name() throws IOException {
    var settings = settings(GroupNames.ALWAYS, DuplicateKeys.WARN, false);
    assertThat(read(settings, "hosts", "[we-b]\nh1\n[x:children]\nwe-b\n").hasErrors()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"WARN, 1, false", "ERROR, 1, true", "IGNORE, 0, false"})
  void duplicate_keys(DuplicateKeys keys, int problems, boolean fails) throws IOException {
    var settings = settings(GroupNames.NEVER, keys, false);
    var result = read(settings, "hosts.yml", "a: {vars: {x: 1, x: 2}}\n");
    assertThat(result.problems()).hasSize(problems);
    assertThat(result.hasErrors()).isEqualTo(fails);
  }

  @Test
  void mappings_of_one_host_are_merged() throws IOException {
    var settings = settings(GroupNames.NEVER, DuplicateKeys.WARN, true);
    var text =
        "a: {hosts: {h: {m: {x: {p: 1}, l: [1]}}}}\nb: {hosts: {h: {m: {x: {q: 2}, l: [2]}}}}";
    var value = read(settings, "hosts.yml", text).inventory().host("h").orElseThrow().variable("m");
    assertThat(value.orElseThrow().value().toString())
        .contains("text=p", "text=q", "number=2")
        .doesNotContain("items=[Whole[number=1]]");
  }

  @Test
  void only_enabled_plugins_read() throws IOException {
    var settings = enabled(List.of("yaml"));
    assertThat(read(settings, "hosts", "[web]\nh1\n").hasErrors()).isTrue();
    assertThat(read(enabled(List.of("ini")), "h.yml", "h1\n").inventory().host("h1")).isPresent();
    var list =
        new InventoryRequest(
            List.of("a,b[1:2]"),
            enabled(List.of("yaml")),
            Vault.withoutPassword(),
            new LinkedHashMap<>(),
            directory,
            new Surroundings(Map.of(), directory, directory));
    assertThat(InventoryReader.read(list).hasErrors()).isTrue();
    var ranges = InventoryReader.read(list.withSettings(enabled(List.of("advanced_host_list"))));
    assertThat(ranges.inventory().hosts()).extracting(Host::name).containsExactly("a", "b1", "b2");
  }

  @Test
  void ignored_files_are_the_configured_ones() throws IOException {
    Files.createDirectories(directory.resolve("inv"));
    for (var name : List.of("a.ini", "b.txt", "c_old", "d")) {
      Files.writeString(directory.resolve("inv").resolve(name), name.charAt(0) + "\n");
    }
    var settings =
        new ReadSettings(
            DEFAULTS.enabledPlugins(),
            List.of(".txt"),
            List.of("_o.d$"),
            DEFAULTS.yamlExtensions(),
            DEFAULTS.groupNames(),
            DEFAULTS.duplicateKeys(),
            false,
            DEFAULTS.precedence(),
            true,
            Optional.empty(),
            DEFAULTS.facts());
    var request = InventoryRequest.of(List.of(directory.resolve("inv"))).withSettings(settings);
    assertThat(InventoryReader.read(request).inventory().hosts())
        .extracting(Host::name)
        .containsExactly("a", "d");
  }

  @Test
  void a_directory_that_leads_back_to_itself_is_read_once() throws IOException {
    Files.writeString(directory.resolve("hosts"), "h1\n");
    Files.createSymbolicLink(directory.resolve("loop"), directory);
    var result = InventoryReader.read(InventoryRequest.of(List.of(directory)));
    assertThat(result.inventory().hosts()).hasSize(1);
    assertThat(result.problems()).singleElement().asString().contains("leads back");
  }

  @Test
  void home_and_variables_stand_in_paths() throws IOException {
    Files.writeString(directory.resolve("hosts"), "h1\n");
    for (var source : List.of("~/hosts", "$DIR/hosts", "${DIR}/hosts", "hosts")) {
      var request =
          new InventoryRequest(
              List.of(source),
              DEFAULTS,
              Vault.withoutPassword(),
              new LinkedHashMap<>(),
              directory,
              new Surroundings(Map.of("DIR", directory.toString()), directory, directory));
      assertThat(InventoryReader.read(request).problems()).as(source).isEmpty();
    }
  }

  private InventoryResult read(ReadSettings settings, String name, String text) throws IOException {
    var file = Files.writeString(directory.resolve(name), text);
    return InventoryReader.read(InventoryRequest.of(List.of(file)).withSettings(settings));
  }

  private static ReadSettings enabled(List<String> plugins) {
    return new ReadSettings(
        plugins,
        DEFAULTS.ignoredExtensions(),
        List.of(),
        DEFAULTS.yamlExtensions(),
        DEFAULTS.groupNames(),
        DEFAULTS.duplicateKeys(),
        false,
        DEFAULTS.precedence(),
        true,
        Optional.empty(),
        DEFAULTS.facts());
  }

  private static ReadSettings settings(GroupNames names, DuplicateKeys keys, boolean merges) {
    return new ReadSettings(
        DEFAULTS.enabledPlugins(),
        DEFAULTS.ignoredExtensions(),
        List.of(),
        DEFAULTS.yamlExtensions(),
        names,
        keys,
        merges,
        DEFAULTS.precedence(),
        true,
        Optional.empty(),
        DEFAULTS.facts());
  }
}

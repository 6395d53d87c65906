package dev.earshot.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.python.Surroundings;
import dev.earshot.python.Value;
import dev.earshot.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What configuration, passwords and extra variables change in the order of variables.
class MergeOrderTest {

  private static final ReadSettings USUAL = ReadSettings.defaults();

  @TempDir private Path directory;
  private Path source = Path.of("");

  @BeforeEach
  void writeInventory() throws IOException {
    source =
        write("hosts", "[web]\nh1\n[web:vars]\na=source\nd={'x': 1, 'n': {'p': 1}, 'l': [1]}\n");
    write("group_vars/all.yml", "a: file\nd: {y: 2, n: {q: 2}, l: [2]}\n");
  }

  @Test
  void mappings_replace_each_other_or_are_merged() {
    assertThat(value(settings(USUAL.precedence(), false), "d"))
        .isEqualTo("Mapping y=2 n={q=2} l=[2]");
    assertThat(value(settings(USUAL.precedence(), true), "d"))
        .isEqualTo("Mapping x=1 n={p=1, q=2} l=[2] y=2");
  }

  @Test
  void precedence_may_be_another() {
    assertThat(value(settings(USUAL.precedence(), false), "a")).isEqualTo("file");
    var reversed = settings(USUAL.precedence().reversed(), false);
    assertThat(value(reversed, "a")).isEqualTo("source");
    var unknown = InventoryReader.read(request(settings(List.of("all_inventry"), false)));
    assertThat(unknown.problems()).singleElement().asString().contains("all_inventry");
  }

  @Test
  void extra_variables_beat_all_others() {
    var extra = new LinkedHashMap<String, Variable>();
    extra.put("a", new Variable(new Value.Text("extra"), Location.of(source)));
    var request =
        new InventoryRequest(
            List.of(source.toString()),
            USUAL,
            Vault.withoutPassword(),
            extra,
            directory.resolve("elsewhere"),
            new Surroundings(Map.of(), directory, directory));
    var host = host(request);
    assertThat(host.text("a").asOptional()).contains("extra");
    assertThat(host.variables().get("a")).isEqualTo(extra.get("a"));
    assertThat(host.layers().getLast().words()).isEqualTo("extra variables (-e)");
  }

  @Test
  void a_file_that_opens_counts_and_one_that_does_not_is_named() throws IOException {
    write("host_vars/h1", "$ANSIBLE_VAULT;1.1;AES256\n6162\n");
    var open = request(USUAL).withVault(_ -> new Vault.Opening.Opened("a: opened"));
    assertThat(host(open).text("a").asOptional()).contains("opened");
    var locked = InventoryReader.read(request(USUAL)).inventory();
    assertThat(locked.readVariables(locked.hosts())).singleElement().matches(p -> !p.isError());
    assertThat(locked.lockedFiles()).containsExactly(directory.resolve("host_vars/h1"));
  }

  private static ReadSettings settings(List<String> precedence, boolean mergesMappings) {
    return new ReadSettings(
        USUAL.enabledPlugins(),
        USUAL.ignoredExtensions(),
        USUAL.ignoredPatterns(),
        USUAL.yamlExtensions(),
        USUAL.groupNames(),
        USUAL.duplicateKeys(),
        mergesMappings,
        precedence,
        true,
        Optional.empty(),
        USUAL.facts());
  }

  private InventoryRequest request(ReadSettings settings) {
    return InventoryRequest.of(List.of(source)).withSettings(settings);
  }

  private static Host host(InventoryRequest request) {
    return InventoryReader.read(request).inventory().host("h1").orElseThrow();
  }

  private String value(ReadSettings settings, String name) {
    return shown(host(request(settings)).variable(name).orElseThrow().value());
  }

  private static String shown(Value value) {
    return switch (value) {
      case Value.Mapping(var entries) -> {
        var text = new StringBuilder("Mapping");
        entries.forEach((key, each) -> text.append(" " + inner(key) + "=" + inner(each)));
        yield text.toString();
      }
      default -> inner(value);
    };
  }

  private static String inner(Value value) {
    return switch (value) {
      case Value.Mapping(var entries) -> {
        var plain = new LinkedHashMap<String, String>();
        entries.forEach((key, each) -> plain.put(inner(key), inner(each)));
        yield plain.toString();
      }
      case Value.Sequence(var items) ->
          items.stream().map(MergeOrderTest::inner).toList().toString();
      default -> value.asText().orElseThrow();
    };
  }

  private Path write(String name, String content) throws IOException {
    var file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}

package dev.earshot.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earshot.peer.AnsiblePython;
import dev.earshot.python.Surroundings;
import dev.earshot.python.Value;
import dev.earshot.vault.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtraVarsTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static final List<List<String>> CASES =
      List.of(
          List.of(),
          List.of(""),
          List.of("a=1"),
          List.of("a=1 b=2", "b=3 c='x y'"),
          List.of("a=\"x y\" b='it''s' c=x\\ty d=\\u00e9\\x41\\U0001F40E e=\\N{BULLET}"),
          List.of("a={{ b }} c={{b}}-{{ d | e('f g') }} h={% if x %}1{% endif %} i={# j k #}"),
          List.of("a = 1", "b= 2", " c=3", "d=4 ", "e=5  f=6"),
          List.of("a=b=c d==e =f g\\=h=i j\\=k"),
          List.of("alone"),
          List.of("x a=1 y\nz b=2"),
          List.of("a=1\nb='x\ny' \\\nc=3"),
          List.of("a='x", "b=1"),
          List.of("a={{ x", "b=1"),
          List.of("a=x'y z'w", "b=\"\" c='' d='\"' e=\"a\\\"b\" f='x'y"),
          List.of("a=true b=007 c=1.0 d=null e=[1] f=#x g=a#b"),
          List.of("1=2 a-b=c a.b=d"),
          List.of("a=\\n b='\\t' c=\\q d=\\\\ e=\\'"),
          List.of("a=x\u00a0 b=\tc\td"),
          List.of("{\"a\": 1, \"b\": {\"c\": [true, null, 1.5]}}"),
          List.of("{a: yes, b: 0777, c: [x, 1e3], 5: six}"),
          List.of("{\"a\": 1e3, \"b\": \"\\u00e9\"}", "{a: {b: 1}}", "{a: {c: 2}}"),
          List.of("[a, b]"),
          List.of("{"),
          List.of("{}"),
          List.of("./file", "a=1"),
          List.of("/file"),
          List.of("@vars.yml"),
          List.of("@vars.json", "@vars.yml", "d=9"),
          List.of("@./vars.yml", "@~/vars.json"),
          List.of("@missing.yml"),
          List.of("@list.yml"),
          List.of("@empty.yml"),
          List.of("@broken.yml"),
          List.of("@vars.ini"));

  @TempDir private Path directory;

  @BeforeEach
  void files() throws Exception {
    Files.writeString(
        directory.resolve("vars.yml"), "---\na: {x: 1, y: [1]}\nb: !unsafe '{{'\nd: on\n");
    Files.writeString(directory.resolve("vars.json"), "{\"a\": {\"x\": 2, \"z\": 3}, \"c\": \"\"}");
    Files.writeString(directory.resolve("vars.ini"), "a=1\n");
    Files.writeString(directory.resolve("list.yml"), "- a\n");
    Files.writeString(directory.resolve("empty.yml"), "---\n");
    Files.writeString(directory.resolve("broken.yml"), "a: [\n");
  }

  @Test
  void reads_what_ansible_reads() throws Exception {
    for (boolean merges : List.of(false, true)) {
      var answers =
          AnsiblePython.ask(
              directory,
              """
              from ansible import constants as C, context
              from ansible.module_utils.common.collections import ImmutableDict
              from ansible.parsing.ajson import AnsibleJSONEncoder
              from ansible.parsing.dataloader import DataLoader
              from ansible.utils.vars import load_extra_vars
              C.DEFAULT_HASH_BEHAVIOUR = 'merge' if cases['merges'] else 'replace'
              def load(options):
                  context.CLIARGS = ImmutableDict(extra_vars=options)
                  try:
                      return json.loads(json.dumps(load_extra_vars(DataLoader()), cls=AnsibleJSONEncoder, preprocess_unsafe=True))
                  except Exception as e:
                      return None
              answer([load(options) for options in cases['options']])
              """,
              Map.of("merges", merges, "options", CASES));
      for (int i = 0; i < CASES.size(); i++) {
        var outcome = read(CASES.get(i), merges);
        var expected = answers.get(i);
        boolean failed = outcome.problems().stream().anyMatch(Problem::isError);
        assertThat(failed)
            .as("%s fails: %s", CASES.get(i), outcome.problems())
            .isEqualTo(expected.isNull());
        if (!failed) {
          assertThat(json(outcome)).as("%s", CASES.get(i)).isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pw='s3cret        | -e: a quote or a brace stays open
          {pw: s3cret       | -e:1: not valid YAML
          [s3cret]          | -e:1: extra variables must be a mapping
          /s3cret           | -e: this looks like the path of a file
          @missing.yml      | missing.yml: there is no such file
          @list.yml         | list.yml:1: extra variables must be a mapping
          @empty.yml        | empty.yml:2: extra variables must be a mapping
          @locked.yml       | locked.yml: the file is encrypted with Ansible Vault
          s3cret            | -e: some words set no variable
          """)
  void says_what_is_wrong_without_the_value(String option, String message) throws Exception {
    Files.writeString(directory.resolve("locked.yml"), "$ANSIBLE_VAULT;1.1;AES256\n00\n");
    assertThat(read(List.of(option), false).problems().toString())
        .contains(message)
        .doesNotContain("s3cret");
  }

  @Test
  void knows_where_a_variable_comes_from() {
    var variables = read(List.of("@vars.yml", "c=1", "{e: 2}"), false).variables();
    assertThat(variables.values())
        .extracting(variable -> variable.origin().toString())
        .containsExactly("vars.yml:2", "vars.yml:3", "vars.yml:4", "-e", "-e");
  }

  @Test
  void opens_files_that_are_encrypted() throws Exception {
    Files.writeString(directory.resolve("locked.yml"), "$ANSIBLE_VAULT;1.1;AES256\n00\n");
    Vault vault = _ -> new Vault.Opening.Opened("a: 1\n");
    var outcome =
        ExtraVars.read(List.of("@locked.yml"), ReadSettings.defaults(), surroundings(), vault);
    assertThat(outcome.problems()).isEmpty();
    assertThat(json(outcome)).isEqualTo(JSON.readTree("{\"a\": 1}"));
  }

  private ExtraVars.Outcome read(List<String> options, boolean merges) {
    var plain = ReadSettings.defaults();
    var settings =
        new ReadSettings(
            plain.enabledPlugins(),
            plain.ignoredExtensions(),
            plain.ignoredPatterns(),
            plain.yamlExtensions(),
            plain.groupNames(),
            plain.duplicateKeys(),
            merges,
            plain.precedence(),
            plain.readsVarsFiles(),
            plain.playbookDirectory(),
            plain.facts());
    return ExtraVars.read(options, settings, surroundings(), Vault.withoutPassword());
  }

  private Surroundings surroundings() {
    return new Surroundings(Map.of(), directory, directory);
  }

  private static JsonNode json(ExtraVars.Outcome outcome) throws Exception {
    var plain = new LinkedHashMap<String, Object>();
    outcome.variables().forEach((name, variable) -> plain.put(name, plain(variable.value())));
    return JSON.readTree(JSON.writeValueAsString(plain));
  }

  private static Object plain(Value value) {
    return switch (value) {
      case Value.Text(var text, var unsafe) -> unsafe ? Map.of("__ansible_unsafe", text) : text;
      case Value.Whole(var number) -> number;
      case Value.Real(var number) -> number;
      case Value.Bool(var truth) -> truth;
      case Value.Null _ -> JSON.nullNode();
      case Value.Timestamp(var iso) -> iso;
      case Value.Sequence(var items) -> {
        var list = new ArrayList<Object>();
        items.forEach(item -> list.add(plain(item)));
        yield List.copyOf(list);
      }
      case Value.Mapping(var entries) -> {
        var map = new LinkedHashMap<String, Object>();
        entries.forEach((key, each) -> map.put(VarsFiles.keyOf(key), plain(each)));
        yield map;
      }
      case Value.Vaulted(var ciphertext) -> Map.of("__ansible_vault", ciphertext);
    };
  }
}

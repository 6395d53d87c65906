package dev.earshot.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.ReadSettings;
import dev.earshot.peer.AnsiblePython;
import dev.earshot.python.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnsibleConfigTest {

  @TempDir private Path directory;
  private Path home;

  @BeforeEach
  void home() throws IOException {
    home = Files.createDirectory(directory.resolve("home"));
  }

  /// A configuration: `ansible.cfg` of the working directory, with `~` for line ends, and
  /// variables.
  private record Case(String file, Map<String, String> environment) {

    static Case cfg(String file) {
      return new Case(file.replace('~', '\n'), Map.of());
    }

    static Case env(String... pairs) {
      return cfg("").with(pairs);
    }

    Case with(String... pairs) {
      var variables = new HashMap<String, String>();
      for (int i = 0; i < pairs.length; i += 2) {
        variables.put(pairs[i], pairs[i + 1]);
      }
      return new Case(file, variables);
    }
  }

  private static List<Case> cases() {
    var home = "%HOME%";
    return List.of(
        Case.cfg(""),
        Case.cfg("# nothing~; at all~"),
        Case.cfg("[defaults]~inventory = hosts,../b ,/c,~~remote_user=bob # y~forks: 20~"),
        Case.cfg("[defaults]~INVENTORY=$KEYS/i,${KEYS}x,$NONE/y,{{CWD}}/z,~~/h"),
        Case.cfg("[defaults]~remote_user = bob ; comment~timeout=20;not a comment~"),
        Case.cfg("[defaults]~remote_user = a;b ;c~"),
        Case.cfg("[defaults]~ssh_args=x~[ssh_connection]~ssh_args = -o A=b~   -o C=d~~   -o E=f~~"),
        Case.cfg("[ssh_connection]~ssh_args = -o A=b~# c~   -o C=d ; e~; f~ -o G=h~retries=3"),
        Case.cfg("  [ssh_connection]~  ssh_args = a~  ssh_extra_args = b~ssh_common_args = c~"),
        Case.cfg("[Defaults]~remote_user=bob~[DEFAULTS]~forks=9"),
        Case.cfg("[DEFAULT]~remote_user=bob~forks=7~[defaults]~forks=8"),
        Case.cfg("[DEFAULT]~remote_user=bob~forks=7"),
        Case.cfg("[defaults]~remote_user=%%(x)s%~"),
        Case.cfg("[defaults] ignored~remote_user=bob~"),
        Case.cfg("[defaults]]~remote_user=bob~"),
        Case.cfg("[defaults]\r~remote_user=bob\r~forks=6\r~"),
        Case.cfg("\ufeff[defaults]~remote_user=bob~"),
        Case.cfg("remote_user=bob~"),
        Case.cfg("[defaults]~remote_user=a~REMOTE_USER=b~"),
        Case.cfg("[defaults]~remote_user=a~[defaults]~forks=2~"),
        Case.cfg("[defaults]~remote_user~"),
        Case.cfg("[defaults]~= bob~"),
        Case.cfg("[defaults]~forks=many~"),
        Case.cfg("[defaults]~forks=~"),
        Case.cfg("[defaults]~forks = 1_0~timeout= +07 ~remote_port=022"),
        Case.cfg("[defaults]~host_key_checking=maybe~[privilege_escalation]~become=YES~"),
        Case.cfg("[defaults]~host_key_checking=no~[ssh_connection]~host_key_checking=yes~"),
        Case.cfg("[defaults]~ask_pass=1.0~jinja2_native=On~ask_vault_pass=t~vault_id_match=no~"),
        Case.cfg("[defaults]~vault_id_match=''~vault_password_file=~~/.vault~vault_identity=me"),
        Case.cfg("[defaults]~vault_identity_list = a@b , 'c@d',\"e@f\"~private_key_file=k/id~"),
        Case.cfg("[defaults]~private_key_file=~playbook_dir='p'~inventory=~"),
        Case.cfg("[defaults]~hash_behaviour=merge~force_valid_group_names=silently~"),
        Case.cfg("[defaults]~hash_behaviour=both~duplicate_dict_key=error~"),
        Case.cfg(
            "[defaults]~inventory_ignore_extensions=a,b~[inventory]~ignore_extensions=.c, .d~"),
        Case.cfg("[inventory]~enable_plugins = yaml, ini~ignore_patterns=^x,y$~export=yes~"),
        Case.cfg("[inventory]~any_unparsed_is_failed=1~unparsed_is_failed=0~"),
        Case.cfg("[inventory]~host_pattern_mismatch=error~[defaults]~precedence=all_inventory~"),
        Case.cfg("[inventory]~host_pattern_mismatch=fatal~"),
        Case.cfg("[connection]~retries=1~pipelining=yes~[ssh_connection]~pipelining=no~usetty=no"),
        Case.cfg(
            "[privilege_escalation]~become_user=x~become_flags=-n~[sudo_become_plugin]~user=y~"),
        Case.cfg("[su_become_plugin]~user=y~executable=/bin/su~flags=-l~password='a b'~"),
        Case.cfg("[sudo_become_plugin]~password=p~[doas_become_plugin]~user=y~password=p ;q~"),
        Case.cfg("[doas_become_plugin]~flags=-L~executable=/d~[privilege_escalation]~become_exe=e"),
        Case.cfg("[defaults]~remote_user=\"quoted\"~transport='a~yaml_valid_extensions=.x~"),
        Case.cfg("[defaults]~forks=3~remote_user=bob~")
            .with("ANSIBLE_FORKS", "4", "ANSIBLE_REMOTE_USER", ""),
        Case.cfg("[defaults]~forks=3~timeout=4").with("ANSIBLE_FORKS", "", "ANSIBLE_TIMEOUT", " 5"),
        Case.cfg("[defaults]~host_key_checking=no").with("ANSIBLE_SSH_HOST_KEY_CHECKING", "yes"),
        Case.env("ANSIBLE_HOST_KEY_CHECKING", "no", "ANSIBLE_SSH_HOST_KEY_CHECKING", "yes"),
        Case.env("ANSIBLE_HOST_KEY_CHECKING", "", "ANSIBLE_BECOME", "maybe"),
        Case.env("ANSIBLE_INVENTORY", "h1,h2", "ANSIBLE_PRIVATE_KEY_FILE", "~/k"),
        Case.env("ANSIBLE_PRIVATE_KEY_FILE", "", "ANSIBLE_VARS_ENABLED", ""),
        Case.env("ANSIBLE_FORKS", "x", "ANSIBLE_HASH_BEHAVIOUR", "", "ANSIBLE_SSH_ARGS", "'-v'"),
        Case.env("ANSIBLE_BECOME_USER", "a", "ANSIBLE_SUDO_USER", "b", "ANSIBLE_SU_FLAGS", "c"),
        Case.env("ANSIBLE_DOAS_USER", "b", "ANSIBLE_DOAS_EXE", "e", "ANSIBLE_DOAS_FLAGS", "f"),
        Case.env("ANSIBLE_BECOME_PASS", "'p'", "ANSIBLE_SUDO_PASS", "q", "ANSIBLE_DOAS_PASS", ""),
        Case.env("ANSIBLE_VAULT_IDENTITY_LIST", "a@b,c", "ANSIBLE_VAULT_ID_MATCH", "False"),
        Case.env("ANSIBLE_CONFIG", home + "/other.cfg"),
        Case.env("ANSIBLE_CONFIG", home + "/named"),
        Case.env("ANSIBLE_CONFIG", "../home/missing.cfg"),
        Case.env("ANSIBLE_CONFIG", home + "/ansible.yml"),
        Case.env("ANSIBLE_CONFIG", "/dev/null"),
        Case.cfg("[defaults]~forks=8").with("ANSIBLE_CONFIG", ""));
  }

  /// One process answers for all cases: the value and the origin of each option, or that it fails.
  private static final String SCRIPT =
      """
      import os
      from ansible import constants as C
      from ansible.config.manager import find_ini_config_file
      from ansible.plugins.loader import connection_loader, become_loader
      connection_loader.get('ssh', class_only=True)
      for name in 'sudo', 'su', 'community.general.doas':
          become_loader.get(name, class_only=True)
      PLUGINS = {'ssh': 'connection', 'sudo': 'become', 'su': 'become', 'doas': 'become'}
      FULL = {'doas': 'ansible_collections.community.general.plugins.become.doas'}
      # Ansible's core alone comes without the collection
      def is_there(plugin):
          return C.config.get_configuration_definitions(PLUGINS.get(plugin), FULL.get(plugin, plugin))
      def ask(case):
          os.environ.clear()
          os.environ.update(case['environment'])
          os.chdir(case['directory'])
          path = find_ini_config_file()
          C.config._config_file = path
          C.config._parsers = {}
          result = {'file': path, 'failed': False, 'values': {}}
          try:
              if path:
                  C.config._parse_config_file()
          except Exception as e:
              result['failed'] = True
              return result
          for option in case['options']:
              plugin, _, name = option.rpartition(':')
              if plugin in FULL and not is_there(plugin):
                  continue
              try:
                  value, origin = C.config.get_config_value_and_origin(
                      name, plugin_type=PLUGINS.get(plugin), plugin_name=FULL.get(plugin, plugin) or None)
                  result['values'][option] = [value, origin.replace('env: ', '')]
              except Exception as e:
                  result['failed'] = True
          return result
      answer([ask(case) for case in cases])
      """;

  @Test
  void says_what_ansible_says() throws Exception {
    var questions = new ArrayList<Map<String, Object>>();
    Files.writeString(home.resolve("other.cfg"), "[defaults]\ninventory=x\nforks=31\n");
    Files.writeString(
        Files.createDirectory(home.resolve("named")).resolve("ansible.cfg"),
        "[defaults]\ninventory=y\n");
    Files.writeString(home.resolve("ansible.yml"), "defaults: {}\n");
    Files.writeString(home.resolve(".ansible.cfg"), "[defaults]\nforks=41\nprivate_key_file=z\n");
    var surroundings = new ArrayList<Surroundings>();
    for (var each : cases()) {
      var working = Files.createDirectory(directory.resolve("case" + questions.size()));
      if (!each.file().isEmpty()) {
        Files.writeString(working.resolve("ansible.cfg"), each.file());
      }
      var environment = new HashMap<>(each.environment());
      environment.replaceAll((_, value) -> value.replace("%HOME%", home.toString()));
      environment.putAll(Map.of("KEYS", "/keys", "HOME", home.toString()));
      surroundings.add(new Surroundings(environment, working, home));
      questions.add(
          Map.of(
              "environment",
              environment,
              "directory",
              working.toString(),
              "options",
              Options.ALL.stream().map(Option::id).toList()));
    }
    var answers = AnsiblePython.ask(directory, SCRIPT, questions);
    for (int i = 0; i < surroundings.size(); i++) {
      var config = AnsibleConfig.read(surroundings.get(i));
      var answer = answers.get(i);
      var described = cases().get(i).toString();
      assertThat(config.file().map(Path::toString).orElse(null))
          .as("file of %s", described)
          .isEqualTo(answer.path("file").textValue());
      assertThat(config.problems().stream().anyMatch(Problem::isError))
          .as("%s fails: %s", described, config.problems())
          .isEqualTo(answer.path("failed").booleanValue());
      compare(config, answer.path("values"), described);
    }
  }

  private static void compare(AnsibleConfig config, JsonNode answers, String described) {
    for (var option : Options.ALL) {
      var answer = answers.path(option.id());
      var found = config.find(option);
      if (answer.isMissingNode()
          || (option.equals(Options.IGNORED_EXTENSIONS) && !found.isSet())) { // a template there
        continue;
      }
      var value =
          option.equals(Options.VAULT_ID_MATCH)
              ? new JsonMapper()
                  .getNodeFactory()
                  .booleanNode(!answer.path(0).asText().matches("|false"))
              : answer.path(0);
      assertThat(json(found.value())).as("%s in %s", option.id(), described).isEqualTo(value);
      assertThat(origin(found.origin()))
          .as("origin of %s in %s", option.id(), described)
          .isEqualTo(answer.path(1).asText());
    }
  }

  private static JsonNode json(Object value) {
    var plain =
        switch (value) {
          case Optional<?> optional -> optional.map(AnsibleConfigTest::json).orElse(null);
          case List<?> list -> list.stream().map(AnsibleConfigTest::json).toList();
          case Path path -> path.toString();
          case Object other -> other;
        };
    return new JsonMapper().valueToTree(plain);
  }

  private static String origin(Origin origin) {
    return switch (origin) {
      case Origin.Environment(var name) -> name;
      case Origin.File(var where) -> where.file().toString();
      case Origin.Default _ -> "default";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          forks=3                          | ansible.cfg:1: the first line must be a section
          [defaults]~forks=3~Forks=4       | ansible.cfg:3: forks is there twice in [defaults], first on line 2
          [defaults]~[a]~[defaults]        | ansible.cfg:3: section [defaults] is there twice
          [defaults]~forks                 | ansible.cfg:2: this is no entry
          [defaults]~~forks=x              | ansible.cfg:3: forks must be a whole number
          [defaults]~hash_behaviour=x      | ansible.cfg:2: hash_behaviour has no such value; write one of replace, merge
          [defaults]~host_key_checking=x   | ansible.cfg:2: host_key_checking is no boolean, which Ansible takes as no
          [defaults]~vault_id_match=False  | ansible.cfg:2: vault_id_match says no, but Ansible takes any text as yes
          """)
  void says_what_is_wrong_and_where(String file, String problem) throws Exception {
    Files.writeString(directory.resolve("ansible.cfg"), file.replace('~', '\n'));
    assertThat(read(Map.of()).problems().toString()).contains(problem);
  }

  @Test
  void tells_everything_that_is_wrong_at_once() throws Exception {
    Files.writeString(
        directory.resolve("ansible.cfg"), "[defaults]\nforks=x\ntimeout=y\nbroken\nforks=1\n");
    assertThat(read(Map.of("ANSIBLE_HASH_BEHAVIOUR", "both")).problems())
        .extracting(Problem::toString)
        .anyMatch(text -> text.contains("ansible.cfg:3: timeout"))
        .anyMatch(text -> text.contains("ansible.cfg:4: this is no entry"))
        .anyMatch(text -> text.contains("ansible.cfg:5: forks is there twice"))
        .anyMatch(text -> text.startsWith("ANSIBLE_HASH_BEHAVIOUR in the environment has no such"));
  }

  @Test
  void ignores_the_file_of_a_directory_that_anybody_may_write_to() throws Exception {
    Files.writeString(directory.resolve("ansible.cfg"), "[defaults]\nforks=3\n");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    var config = read(Map.of());
    assertThat(config.get(OptionsForConnections.FORKS)).isEqualTo(5);
    assertThat(config.problems().toString()).contains("anybody may write to its directory");
    var named = read(Map.of("ANSIBLE_CONFIG", "ansible.cfg"));
    assertThat(named.get(OptionsForConnections.FORKS)).isEqualTo(3);
    assertThat(named.problems()).isEmpty();
  }

  @Test
  void knows_the_line_of_a_value() throws Exception {
    Files.writeString(directory.resolve("ansible.cfg"), "[defaults]\n\nforks=3\n");
    assertThat(read(Map.of()).find(OptionsForConnections.FORKS).origin().toString())
        .endsWith("ansible.cfg:3");
  }

  @Test
  void decides_how_inventories_are_read() throws Exception {
    assertThat(InventorySettings.of(read(Map.of())))
        .usingRecursiveComparison()
        .ignoringFields("yamlExtensions")
        .isEqualTo(ReadSettings.defaults());
    Files.writeString(
        directory.resolve("ansible.cfg"),
        "[defaults]\nhash_behaviour=merge\nvars_plugins_enabled=\nforce_valid_group_names=always\n");
    var settings = InventorySettings.of(read(Map.of("ANSIBLE_DUPLICATE_YAML_DICT_KEY", "ignore")));
    assertThat(settings.mergesMappings()).isTrue();
    assertThat(settings.readsVarsFiles()).isFalse();
    assertThat(settings.groupNames()).isEqualTo(ReadSettings.GroupNames.ALWAYS);
    assertThat(settings.duplicateKeys()).isEqualTo(ReadSettings.DuplicateKeys.IGNORE);
  }

  private AnsibleConfig read(Map<String, String> environment) {
    return AnsibleConfig.read(
        new Surroundings(new LinkedHashMap<>(environment), directory, home),
        directory.resolve("no-such.cfg"));
  }
}

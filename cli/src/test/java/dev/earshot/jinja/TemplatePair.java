package dev.earshot.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earshot.inventory.AnsiblePeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Templates rendered twice, here and by the real Ansible, over the same variables.
final class TemplatePair {

  private static final Path FILES = Path.of("src/test/resources/jinja").toAbsolutePath();

  private static final String SCRIPT =
      """
      import json, sys
      from ansible.inventory.manager import InventoryManager
      from ansible.parsing.dataloader import DataLoader
      from ansible.template import Templar
      from ansible.vars.hostvars import HostVars
      from ansible.vars.manager import VariableManager
      loader = DataLoader()
      inventory = InventoryManager(loader=loader, sources=[])
      for group in ('web', 'db'):
          inventory.add_group(group)
      for host, variables in json.load(open(sys.argv[1])).items():
          inventory.add_host(host, 'web' if host == 'h1' else 'db')
          for name, value in variables.items():
              inventory.get_host(host).set_variable(name, value)
      inventory.reconcile_inventory()
      manager = VariableManager(loader=loader, inventory=inventory)
      variables = manager.get_vars(host=inventory.get_host('h1'))
      variables['hostvars'] = HostVars(inventory, manager, loader)

      def shown(v):
          if v is None: return 'none'
          if isinstance(v, bool): return 'bool:' + str(v).lower()
          if isinstance(v, (int, float, str)):
              name = 'str' if isinstance(v, str) else type(v).__name__
              return name + ':' + str(v)
          if isinstance(v, dict): return '{' + ', '.join(shown(k) + '=' + shown(v[k]) for k in v) + '}'
          if isinstance(v, (list, tuple)): return '[' + ', '.join(map(shown, v)) + ']'
          return 'other:' + type(v).__name__

      results = {}
      for template in json.load(open(sys.argv[2])):
          try:
              results[template] = shown(Templar(loader=loader, variables=variables).template(template))
          except Exception:
              results[template] = 'failure'
      print(json.dumps(results))
      """;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS).build();

  private TemplatePair() {}

  /// The lines of a file that are no comment. ⏎ stands for a newline.
  static List<String> templates(String file) throws IOException {
    return Files.readAllLines(FILES.resolve(file)).stream()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.replace("⏎", "\n"))
        .distinct()
        .toList();
  }

  static void assertSame(List<String> templates, Path empty)
      throws IOException, InterruptedException {
    var variables = FILES.resolve("variables.json");
    var asked = Files.writeString(empty.resolve("templates"), JSON.writeValueAsString(templates));
    var expected =
        AnsiblePeer.ask(
            empty,
            SCRIPT,
            List.of(variables.toString(), asked.toString()),
            new TypeReference<Map<String, String>>() {});
    Map<String, Map<String, Object>> hosts =
        JSON.readValue(variables.toFile(), new TypeReference<>() {});
    var actual = new LinkedHashMap<String, String>();
    for (var template : templates) {
      actual.put(template, rendered(template, new MapScope(hosts, "h1")));
    }
    assertThat(actual).isEqualTo(expected);
  }

  private static String rendered(String template, Scope scope) {
    try {
      return MapScope.shown(Template.parse(template).render(scope));
    } catch (TemplateException _) {
      return "failure";
    }
  }
}

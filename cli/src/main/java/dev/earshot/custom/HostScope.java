package dev.earshot.custom;

import dev.earshot.evidence.InventoryHost;
import dev.earshot.jinja.Scope;
import dev.earshot.python.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a condition sees of one host: what it answered, its name and its groups. The inventory's
/// other variables are not kept with evidence, and a condition judges saved evidence as it judged
/// the host.
final class HostScope implements Scope {

  private final Map<String, Value> variables;

  HostScope(InventoryHost host, Map<String, Value> answered) {
    variables = new LinkedHashMap<>(answered);
    variables.put("inventory_hostname", Variables.text(host.name().value()));
    variables.put(
        "group_names",
        new Value.Sequence(
            host.groups().stream()
                .filter(group -> !group.equals("all"))
                .sorted()
                .map(Variables::text)
                .toList()));
  }

  @Override
  public Optional<Value> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  @Override
  public Collection<String> names() {
    return variables.keySet();
  }
}

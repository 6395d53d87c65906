package dev.earshot.inventory;

import dev.earshot.python.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The variables that Ansible sets by itself.
final class MagicVariables {

  private MagicVariables() {}

  /// `groups`: the names of all hosts of each group.
  static Value groups(Inventory inventory) {
    var groups = new LinkedHashMap<Value, Value>();
    for (var name : inventory.groupsByName().keySet()) {
      groups.put(
          new Value.Text(name), texts(inventory.hostsOf(name).stream().map(Host::name).toList()));
    }
    return new Value.Mapping(groups);
  }

  static SequencedMap<String, Value> of(Host host, Value groups, Path play) {
    var file = host.declared().file().toAbsolutePath().normalize();
    var directory = file.getParent() == null ? file : file.getParent();
    var name = host.name();
    var variables = new LinkedHashMap<String, Value>();
    variables.put("inventory_hostname", new Value.Text(name));
    variables.put(
        "inventory_hostname_short",
        new Value.Text(name.contains(".") ? name.substring(0, name.indexOf('.')) : name));
    variables.put("group_names", texts(host.groups()));
    variables.put("groups", groups);
    variables.put("inventory_file", new Value.Text(file.toString()));
    variables.put("inventory_dir", new Value.Text(directory.toString()));
    variables.put("playbook_dir", new Value.Text(play.toAbsolutePath().normalize().toString()));
    return variables;
  }

  private static Value texts(Collection<String> texts) {
    var items = new ArrayList<Value>(texts.size());
    texts.forEach(text -> items.add(new Value.Text(text)));
    return new Value.Sequence(items);
  }
}

package dev.earshot.inventory;

import dev.earshot.python.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An inventory in the shape of `ansible-inventory --list`, to hold it against the real one.
public final class AnsibleListing {

  /// Ansible's own variables, which it leaves out.
  private static final Set<String> INTERNAL =
      Set.of("inventory_dir", "inventory_file", "inventory_hostname", "groups", "group_names");

  private AnsibleListing() {}

  public static Map<String, Object> of(Inventory inventory) {
    var listing = new LinkedHashMap<String, Object>();
    addGroup(Group.ALL, inventory, listing, new HashSet<>());
    var hostvars = new LinkedHashMap<String, Object>();
    for (var host : inventory.hosts()) {
      var variables = new LinkedHashMap<String, Object>();
      host.variables().forEach((name, variable) -> variables.put(name, plain(variable.value())));
      variables.keySet().removeAll(INTERNAL);
      if (!variables.isEmpty()) {
        hostvars.put(host.name(), variables);
      }
    }
    listing.put("_meta", Map.of("hostvars", hostvars));
    return listing;
  }

  private static void addGroup(
      String name, Inventory inventory, Map<String, Object> listing, Set<String> seen) {
    if (!seen.add(name)) {
      return;
    }
    var group = inventory.group(name).orElseThrow();
    var shown = new LinkedHashMap<String, Object>();
    if (!name.equals(Group.ALL) && !group.hosts().isEmpty()) {
      shown.put("hosts", group.hosts());
    }
    if (!group.children().isEmpty()) {
      shown.put("children", group.children());
    }
    if (!shown.isEmpty()) {
      listing.put(name, shown);
    }
    group.children().forEach(child -> addGroup(child, inventory, listing, seen));
  }

  private static Object plain(Value value) {
    return switch (value) {
      case Value.Text(var text, var unsafe) -> unsafe ? Map.of("__ansible_unsafe", text) : text;
      case Value.Whole(var number) -> number;
      case Value.Real(var number) -> number;
      case Value.Bool(var truth) -> truth;
      case Value.Null _ -> "null";
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

package dev.earshot.inventory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;

/// A host of the inventory.
///
/// @param groups what Ansible calls `group_names`: every group that holds the host, directly or
///   through a child, sorted, without `all`
/// @param variables what holds for the host after all groups, `group_vars/` and `host_vars/` are
///   merged
/// @param declared the line that first named it
public record Host(
    String name, List<String> groups, SequencedMap<String, Variable> variables, Location declared) {

  public Host {
    groups = List.copyOf(groups);
    variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
  }

  public Optional<Variable> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  /// The last of these variables that is set, as text: Ansible's aliases in rising order of
  /// strength, as in `text("ansible_host", "ansible_ssh_host")`.
  public Setting<String> text(String... names) {
    return setting(Setting::text, names);
  }

  /// The last of these variables that is set, as a TCP port.
  public Setting<Integer> port(String... names) {
    return setting((name, variable) -> Setting.integer(name, variable, 1, 65_535), names);
  }

  /// The last of these variables that is set, as a boolean.
  public Setting<Boolean> bool(String... names) {
    return setting(Setting::bool, names);
  }

  private <T> Setting<T> setting(BiFunction<String, Variable, Setting<T>> reader, String... names) {
    for (int i = names.length - 1; i >= 0; i--) {
      var variable = variables.get(names[i]);
      if (variable != null) {
        return reader.apply(names[i], variable);
      }
    }
    return new Setting.Unset<>();
  }
}

package dev.earshot.inventory;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A host of the inventory. Its variables are put together when they are asked for, which may read
/// files: [Inventory#readVariables] tells what is wrong with those.
public final class Host {

  private final HostNode node;
  private final EffectiveVariables effective;

  Host(HostNode node, EffectiveVariables effective) {
    this.node = node;
    this.effective = effective;
  }

  public String name() {
    return node.name;
  }

  /// The line that first named it.
  public Location declared() {
    return node.declared;
  }

  /// What Ansible calls `group_names`: every group that holds the host, directly or through a
  /// child, sorted, without `all`.
  public List<String> groups() {
    return effective.groupNames(node);
  }

  /// The groups that name the host themselves.
  public List<String> directGroups() {
    return node.groups.stream().map(group -> group.name).toList();
  }

  /// What holds for the host after all groups, `group_vars/`, `host_vars/` and extra variables are
  /// merged.
  public SequencedMap<String, Variable> variables() {
    return Collections.unmodifiableSequencedMap(effective.ofHost(node));
  }

  /// What is set for the host itself, not for its groups.
  public SequencedMap<String, Variable> ownVariables() {
    return Collections.unmodifiableSequencedMap(effective.ofHostAlone(node));
  }

  /// Every place that sets variables for the host, weakest first.
  public List<Layer> layers() {
    return effective.layers(node);
  }

  public Optional<Variable> variable(String name) {
    return effective.ofHost(node, name);
  }

  /// The host's variables as their readers need them, evaluated as `rendering` does it.
  public HostSettings settings(Rendering rendering) {
    return new HostSettings(this, rendering);
  }

  /// The last of these variables that is set, as text: Ansible's aliases in rising order of
  /// strength, as in `text("ansible_host", "ansible_ssh_host")`.
  public Setting<String> text(String... names) {
    return settings(Rendering.none()).text(names);
  }

  /// The last of these variables that is set, as a TCP port.
  public Setting<Integer> port(String... names) {
    return settings(Rendering.none()).port(names);
  }

  /// The last of these variables that is set, as a boolean.
  public Setting<Boolean> bool(String... names) {
    return settings(Rendering.none()).bool(names);
  }

  /// Variables may be secrets.
  @Override
  public String toString() {
    return "Host[" + node.name + "]";
  }
}

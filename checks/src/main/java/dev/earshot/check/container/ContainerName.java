package dev.earshot.check.container;

import dev.earshot.check.Quoted;

/// A container's name where a remedy's commands name it.
final class ContainerName {

  /// What Docker and Podman allow in a name.
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]*";

  private ContainerName() {}

  /// The name as a word of a shell; whoever reads fills in one that no engine would have allowed.
  static String word(String name) {
    return name.matches(NAME) ? Quoted.shell(name) : "CONTAINER";
  }
}

package dev.earshot.sshconfig;

/// A keyword of `ssh_config`.
///
/// @param name as the manual spells it
public record SshKey<T>(String name, ValueType<T> type) {

  @Override
  public String toString() {
    return name;
  }
}

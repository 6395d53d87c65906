package dev.earshot.collect;

import dev.earshot.evidence.InventoryHost;
import dev.earshot.ssh.SshTarget;

/// A host to ask, and the way to it.
public record Target(InventoryHost host, Route route) {

  /// How a host is reached.
  public sealed interface Route {

    /// Over SSH.
    record Ssh(SshTarget target) implements Route {}

    /// It is the machine that Earshot runs on: `ansible_connection: local`.
    record Local() implements Route {}

    /// By a connection plugin that Earshot does not speak.
    record NotSpoken(String connection) implements Route {}
  }
}

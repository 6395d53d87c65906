package dev.earshot.collect;

import dev.earshot.become.Become;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.ssh.SshTarget;
import java.util.Optional;

/// A host to ask, and the way to it.
///
/// @param become as whom to ask it, if not as the user who logs in
public record Target(InventoryHost host, Route route, Optional<Become> become) {

  /// A host that is asked as the user who logs in.
  public Target(InventoryHost host, Route route) {
    this(host, route, Optional.empty());
  }

  /// How a host is reached.
  public sealed interface Route {

    /// Over SSH.
    record Ssh(SshTarget target) implements Route {}

    /// It is the machine that Earshot runs on: `ansible_connection: local`.
    record Local() implements Route {}

    /// By a connection plugin that Earshot does not speak.
    record NotSpoken(String connection) implements Route {}

    /// As somebody whom Earshot can't become.
    record BecomeNotSpoken(String method) implements Route {}
  }
}

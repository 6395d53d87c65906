package dev.earshot.connection;

import dev.earshot.become.Become;
import dev.earshot.ssh.SshTarget;
import java.util.Optional;

/// How a host is reached, and as whom it is asked.
public sealed interface Route {

  /// Over SSH.
  ///
  /// @param become whom to become there
  record Ssh(SshTarget target, Optional<Become> become) implements Route {}

  /// It is the machine that Earshot runs on: `ansible_connection: local`.
  record Local(Optional<Become> become) implements Route {}

  /// Not at all.
  ///
  /// @param reason a sentence that says why
  record NotSpoken(String reason) implements Route {}
}

package dev.earshot.connection;

import dev.earshot.become.Become;
import dev.earshot.postgres.PostgresServer;
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

  /// Over PostgreSQL alone: a managed server, on whose machine nobody logs in.
  record Managed(PostgresServer server) implements Route {}

  /// Not at all: Earshot doesn't speak what it would take, or the host's variables are wrong.
  ///
  /// @param reason a sentence that says why, and what to do
  record NotContacted(String reason) implements Route {

    static NotContacted because(String reason) {
      return new NotContacted("not contacted: " + reason);
    }
  }
}

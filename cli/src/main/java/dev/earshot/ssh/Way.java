package dev.earshot.ssh;

import java.util.Optional;

/// How the bytes get to a host.
public sealed interface Way {

  /// By a TCP connection from here.
  Way DIRECT = new Direct(Family.ANY, Optional.empty());

  /// Kinds of addresses.
  enum Family {
    ANY,
    INET,
    INET6
  }

  /// From here to there.
  ///
  /// @param bindAddress of this machine, to connect from
  record Direct(Family family, Optional<String> bindAddress) implements Way {}

  /// Through a host that is logged in to first; all targets behind it share one connection to it.
  record Jump(SshTarget bastion) implements Way {}

  /// Through the standard input and output of a program that runs here.
  ///
  /// @param command for `sh`, with nothing left to expand
  record Command(String command) implements Way {}
}

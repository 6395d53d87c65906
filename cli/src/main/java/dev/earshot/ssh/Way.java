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
  record Jump(SshTarget bastion) implements Way {
    public Jump {
      bastion = bastion.asJumpHost();
    }
  }

  /// Through the standard input and output of a program that runs here.
  ///
  /// @param command for the shell, which replaces itself by it (`exec`); no tokens are left in it
  /// @param shell the user's, which gets the command after `-c`
  record Command(String command, String shell) implements Way {

    /// Where nobody says what the user's shell is.
    public static final String SHELL = "/bin/sh";

    /// Leaves out the command, in which there may be a password.
    @Override
    public String toString() {
      return "Command[" + shell + "]";
    }
  }
}

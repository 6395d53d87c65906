package dev.earshot.sshconfig;

import java.util.List;

/// What a configuration says of one host.
public sealed interface Resolution {

  record Resolved(SshOptions options) implements Resolution {}

  /// OpenSSH would not connect.
  ///
  /// @param problems all of them, not empty
  record Refused(List<Problem> problems) implements Resolution {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}

package dev.earshot.ssh;

import java.time.Duration;
import java.util.List;

/// What came of calling at a host.
public sealed interface Introduction {

  /// The host let us in and ran a command.
  ///
  /// @param endpoint address and port that were connected to
  /// @param jumps the jump hosts on the way, the nearest to us first; or the program that led there
  /// @param server what the server says that it is
  /// @param hostKey type and fingerprint
  /// @param login what convinced the server, such as a key
  /// @param connect until there was a connection
  /// @param exchange from there until both sides had a key
  /// @param authentication from there until the user was let in
  /// @param command from there until `true` had been run
  record Met(
      String endpoint,
      String user,
      List<String> jumps,
      String server,
      String keyExchange,
      String cipher,
      String hostKey,
      String login,
      Duration connect,
      Duration exchange,
      Duration authentication,
      Duration command)
      implements Introduction {

    public Met {
      jumps = List.copyOf(jumps);
    }
  }

  /// It did not.
  ///
  /// @param reason a sentence that says why, and what to try
  record NotMet(String reason) implements Introduction {}
}

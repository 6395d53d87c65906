package dev.earshot.ssh;

import java.nio.file.Path;
import java.util.Optional;

/// How to reach one host.
///
/// @param address name or IP address to connect to, and the name to look up in known_hosts
/// @param user whom to log in as
/// @param identityFile the private key to show; without one, those that OpenSSH tries by default
public record SshTarget(String address, int port, String user, Optional<Path> identityFile) {
  public static final int DEFAULT_PORT = 22;

  public SshTarget {
    if (address.isEmpty() || !address.chars().allMatch(c -> c > ' ' && c != 0x7f)) {
      throw new IllegalArgumentException(
          "an address has neither blanks nor control characters: '" + Text.oneLine(address) + "'");
    }
    if (port < 1 || port > 0xffff) {
      throw new IllegalArgumentException("a port is between 1 and 65535: " + port);
    }
    if (user.isBlank()) {
      throw new IllegalArgumentException("the user is blank");
    }
  }

  /// The address and port as people write them.
  String endpoint() {
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
  }
}

package dev.earshot.sshconfig;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

/// What `%h` and its like stand for on the way to one host.
///
/// @param host the name to connect to
/// @param original the name as given
/// @param alias the name to look up among known hosts
/// @param login who logs in there
record Tokens(LocalUser user, String host, String original, String alias, int port, String login) {

  static final int DEFAULT_PORT = 22;

  /// Those of files, agents and `Match exec`.
  Map<Character, Supplier<String>> all() {
    return Map.ofEntries(
        Map.entry('C', this::connection),
        Map.entry('L', () -> user.machine().replaceFirst("\\..*", "")),
        Map.entry('d', () -> user.home().toString()),
        Map.entry('h', () -> host),
        Map.entry('i', () -> String.valueOf(user.uid())),
        Map.entry('k', () -> alias),
        Map.entry('l', user::machine),
        Map.entry('n', () -> original),
        Map.entry('p', () -> String.valueOf(port)),
        Map.entry('r', () -> login),
        Map.entry('u', user::name));
  }

  /// Those of proxies.
  Map<Character, Supplier<String>> ofProxy() {
    return Map.of(
        'h', () -> host,
        'k', () -> alias,
        'n', () -> original,
        'p', () -> String.valueOf(port),
        'r', () -> login);
  }

  /// The only one of `HostName`.
  static Map<Character, Supplier<String>> ofHostName(String host) {
    return Map.of('h', () -> host);
  }

  private String connection() {
    try {
      var text = user.machine() + host + port + login;
      var digest = MessageDigest.getInstance("SHA-1"); // names a socket, protects nothing
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}

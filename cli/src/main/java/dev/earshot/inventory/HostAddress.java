package dev.earshot.inventory;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A host name or address with an optional port, possibly with ranges: `web[1:3]:2222`,
/// `[2001:db8::1]:22`.
///
/// @param port as written; anything goes, as for Ansible
record HostAddress(String host, Optional<BigInteger> port) {

  /// Longer ones are no names, and would cost the patterns below much stack.
  static final int MAX_LENGTH = 1_000;

  private static final String STEP = "(?::[0-9]+)?\\]";
  private static final String NUMBERS = "\\[[0-9]+:[0-9]+" + STEP;
  private static final String HEXADECIMALS = "\\[[0-9a-f]+:[0-9a-f]+" + STEP;
  private static final String LETTERS_OR_NUMBERS = "\\[(?:[a-z]:[a-z]|[0-9]+:[0-9]+)" + STEP;

  private static final String V4 = "(?:[01]?[0-9]{1,2}|2[0-4][0-9]|25[0-5]|" + NUMBERS + ")";
  private static final String V6 = "(?:[0-9a-f]{1,4}|" + HEXADECIMALS + ")";
  private static final String LABEL =
      "(?:\\w|R)(?:[\\w_-]|R)*(?<![_-])".replace("R", LETTERS_OR_NUMBERS);

  private static final Pattern BRACKETED_PORT = Pattern.compile("\\[(.+)\\]:([0-9]+)");
  private static final Pattern PORT = Pattern.compile("((?:[^:\\[\\]]|\\[[^\\]]*\\])*):([0-9]+)");

  private static final int IGNORE_CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final Pattern IPV4 = Pattern.compile("(?:V\\.){3}V".replace("V", V4), IGNORE_CASE);

  /// Ansible's own pattern asks for the end of the text in its last alternative only, so that
  /// anything may follow the others.
  private static final Pattern IPV6 =
      Pattern.compile(
          String.join(
                  "|",
                  "(?:V:){7}V",
                  "(?:V:){1,6}:",
                  "(?:V:)(?::V){1,6}",
                  "(?:V:){2}(?::V){1,5}",
                  "(?:V:){3}(?::V){1,4}",
                  "(?:V:){4}(?::V){1,3}",
                  "(?:V:){5}(?::V){1,2}",
                  "(?:V:){6}(?::V)",
                  ":(?::V){1,6}",
                  "V?::",
                  "(?:0:){6}(?:V\\.){3}V",
                  "::(?:ffff:)?(?:V\\.){3}V",
                  "(?:0:){5}ffff:(?:V\\.){3}V\\z")
              .replace("V", V6),
          IGNORE_CASE);

  private static final Pattern NAME =
      Pattern.compile(
          "L(?:\\.L)*".replace("L", LABEL), IGNORE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

  /// Absent if the text is neither an address nor a host name, or holds a range where none may be.
  static Optional<HostAddress> parse(String text, boolean allowRanges) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    var host = text;
    var port = Optional.<BigInteger>empty();
    for (var pattern : List.of(BRACKETED_PORT, PORT)) {
      var match = pattern.matcher(host);
      if (match.matches()) {
        host = match.group(1);
        port = Optional.of(new BigInteger(match.group(2)));
      }
    }
    return isHost(host) && (allowRanges || !host.contains("["))
        ? Optional.of(new HostAddress(host, port))
        : Optional.empty();
  }

  /// True for an address, false for a name.
  boolean isNumeric() {
    return IPV4.matcher(host).matches() || IPV6.matcher(host).lookingAt();
  }

  private static boolean isHost(String text) {
    return IPV4.matcher(text).matches()
        || IPV6.matcher(text).lookingAt()
        || NAME.matcher(text).matches();
  }
}

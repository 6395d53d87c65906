package dev.earshot.sshconfig;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One hop of `ProxyJump`, whose own settings come from asking [SshConfig] for it.
///
/// @param host as written, without brackets
public record JumpHost(Optional<String> user, String host, OptionalInt port) {

  private static final String SCHEME = "ssh://";

  /// The hops of a chain, the nearest to us first; none for `none`. With a comment behind it,
  /// `none` is the name of a host, for OpenSSH, too.
  static List<JumpHost> chain(String text) throws BadValue {
    if (text.equalsIgnoreCase("none")) {
      return List.of();
    }
    int comment = text.indexOf('#');
    var chain = (comment < 0 ? text : text.substring(0, comment)).stripTrailing();
    var hops = new ArrayList<JumpHost>();
    for (var each : chain.split(",", -1)) {
      hops.add(parse(each));
    }
    return List.copyOf(hops);
  }

  /// `user@host:port`, `ssh://user@host:port`, an IPv6 address in brackets.
  static JumpHost parse(String text) throws BadValue {
    var authority = text;
    if (text.startsWith(SCHEME)) {
      authority = text.substring(SCHEME.length()).replaceAll("/$", "");
      if (authority.contains("/")) {
        throw bad(text);
      }
    }
    int at = authority.lastIndexOf('@');
    var user = at < 0 ? Optional.<String>empty() : Optional.of(authority.substring(0, at));
    var rest = authority.substring(at + 1);
    int hostEnd = hostEnd(rest, text);
    var host = rest.substring(0, hostEnd).replaceAll("^\\[|]$", "");
    if (host.isEmpty() || user.filter(String::isEmpty).isPresent()) {
      throw bad(text);
    }
    var port = OptionalInt.empty();
    if (hostEnd + 1 < rest.length()) {
      port = OptionalInt.of(port(rest.substring(hostEnd + 1), text));
    }
    return new JumpHost(user, host, port);
  }

  private static int hostEnd(String rest, String text) throws BadValue {
    if (rest.startsWith("[")) {
      int close = rest.indexOf(']');
      if (close < 0 || (close + 1 < rest.length() && rest.charAt(close + 1) != ':')) {
        throw bad(text);
      }
      return close + 1;
    }
    int colon = rest.indexOf(':');
    return colon < 0 ? rest.length() : colon;
  }

  private static int port(String digits, String text) throws BadValue {
    try {
      return ValueTypes.portNumber(digits);
    } catch (BadValue _) {
      throw bad(text);
    }
  }

  private static BadValue bad(String text) {
    return new BadValue(
        "has the hop '%s', which is no host".formatted(text), "write user@host:port, or none");
  }

  /// As `ssh -G` prints it.
  @Override
  public String toString() {
    boolean numeric = host.contains(":") || host.matches("[0-9.]+");
    return user.map(name -> name + "@").orElse("")
        + (numeric ? "[" + host + "]" : host)
        + (port.isPresent() ? ":" + port.getAsInt() : "");
  }
}

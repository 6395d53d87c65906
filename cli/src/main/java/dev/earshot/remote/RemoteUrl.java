package dev.earshot.remote;

import dev.earshot.text.Printable;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/// Where another instance is: `https://lemmy.example`.
///
/// @param base without a path; `http` only where it names this machine
public record RemoteUrl(URI base) {

  /// Reads what a user gave.
  ///
  /// @param text the URL; a bare domain is one with HTTPS
  /// @throws IllegalArgumentException says what is wrong with it
  public static RemoteUrl of(String text) {
    URI uri = URI.create(text.contains("://") ? text : "https://" + text);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (uri.getHost() == null
        || uri.getUserInfo() != null
        || uri.getQuery() != null
        || uri.getFragment() != null
        || !uri.getPath().matches("/?")) {
      throw new IllegalArgumentException("it is a scheme, a host and maybe a port, and no more");
    }
    if (!scheme.equals("https") && !(scheme.equals("http") && isThisMachine(uri.getHost()))) {
      throw new IllegalArgumentException("it is asked over https alone");
    }
    return new RemoteUrl(
        URI.create(
            "%s://%s%s"
                .formatted(scheme, uri.getHost(), uri.getPort() < 0 ? "" : ":" + uri.getPort())));
  }

  /// Its host, and its port where that is not the usual one.
  public String name() {
    return base.getAuthority();
  }

  /// A name that leads to an address which only this machine or its network has is refused: whoever
  /// owns the name would have us ask what others can't reach. A URL that names such an address
  /// itself means it. What was found is remembered by the JDK for as long as a request takes.
  ///
  /// @return why it is not to be asked, or empty
  String refusal() {
    try {
      if (isNamed(base.getHost())) {
        return "";
      }
      for (InetAddress address : InetAddress.getAllByName(base.getHost())) {
        if (isPrivate(address)) {
          return "its name leads to the private address %s: name that in the URL, if it is meant"
              .formatted(address.getHostAddress());
        }
      }
      return "";
    } catch (UnknownHostException _) {
      return "there is no address of %s".formatted(Printable.of(base.getHost()));
    }
  }

  private static boolean isNamed(String host) {
    return isThisMachine(host) || host.startsWith("[") || host.matches("[0-9.]+");
  }

  private static boolean isThisMachine(String host) {
    return host.equals("localhost") || host.matches("127(\\.[0-9]+){3}") || host.equals("[::1]");
  }

  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
    boolean unique = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
    return address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || shared
        || unique;
  }
}

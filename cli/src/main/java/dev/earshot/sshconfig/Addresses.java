package dev.earshot.sshconfig;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// Spells IP addresses in one way only.
final class Addresses {

  private static final int GROUPS = 8;
  private static final Pattern NUMBERS =
      Pattern.compile("(0[xX][0-9a-fA-F]+|[0-9]+)(\\.(0[xX][0-9a-fA-F]+|[0-9]+)){0,3}");

  private Addresses() {}

  /// The usual spelling, if the host is an IP address and not a name.
  static Optional<String> canonical(String host) {
    if (host.contains("%")) {
      return Optional.empty(); // an address with its interface stays as it is
    }
    try {
      if (host.contains(":")) {
        var address = InetAddress.ofLiteral(host);
        var mapped = address instanceof Inet4Address ? "::ffff:" : "";
        return Optional.of(mapped + spelled(address));
      }
      return NUMBERS.matcher(host).matches()
          ? Optional.of(spelled(InetAddress.ofLiteral(decimal(host))))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Octal and hexadecimal parts, as the C library takes them, in decimal.
  private static String decimal(String host) {
    var parts = host.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = String.valueOf(Long.decode(parts[i]));
    }
    return String.join(".", parts);
  }

  private static String spelled(InetAddress address) {
    return address instanceof Inet6Address six
        ? shortened(six.getAddress())
        : address.getHostAddress();
  }

  /// The longest run of zeros, if it is one of two groups or more, becomes `::` (RFC 5952).
  private static String shortened(byte[] bytes) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }
    int start = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    if (start == 0 && length == GROUPS - 2) {
      int last = GROUPS - 1;
      return "::%d.%d.%d.%d"
          .formatted(
              groups[last - 1] >> 8,
              groups[last - 1] & 0xff,
              groups[last] >> 8,
              groups[last] & 0xff);
    }
    var text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == start) {
        text.append("::");
        i += length - 1;
      } else {
        boolean separated = i > 0 && i != start + length;
        text.append(separated || (start < 0 && i > 0) ? ":" : "");
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}

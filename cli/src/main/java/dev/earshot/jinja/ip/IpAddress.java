package dev.earshot.jinja.ip;

import dev.earshot.jinja.runtime.Failure;
import java.math.BigInteger;

/// One address.
record IpAddress(Family family, BigInteger value) {

  /// The address with a number, of which nothing says whether it is IPv4: small ones are.
  ///
  /// @throws Failure if there is none
  static IpAddress ofNumber(BigInteger value) {
    for (var family : Family.values()) {
      if (family.holds(value)) {
        return new IpAddress(family, value);
      }
    }
    throw new Failure("there is no address with the number " + value);
  }

  String text() {
    return switch (family) {
      case IPV4 -> IpText.write4(value.longValueExact());
      case IPV6 -> IpText.write6(value);
    };
  }

  /// Ones and then zeros, or all of either.
  boolean isNetmask() {
    return isMask(value.xor(family.max()));
  }

  /// Zeros and then ones, or all of either.
  boolean isHostmask() {
    return isMask(value);
  }

  private static boolean isMask(BigInteger value) {
    return value.and(value.add(BigInteger.ONE)).signum() == 0;
  }

  /// The name under which the DNS knows it, with a dot at the end.
  String reverseName() {
    var name = new StringBuilder();
    int step = family == Family.IPV4 ? 8 : 4;
    for (int shift = 0; shift < family.width(); shift += step) {
      int part = value.shiftRight(shift).intValue() & ((1 << step) - 1);
      name.append(Integer.toString(part, family == Family.IPV4 ? 10 : 16)).append('.');
    }
    return name + (family == Family.IPV4 ? "in-addr.arpa." : "ip6.arpa.");
  }
}

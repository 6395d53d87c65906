package dev.earshot.jinja.ip;

import dev.earshot.python.PythonNumbers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An address within its network; an address alone is a network of one.
record IpNetwork(Family family, BigInteger value, int prefix) {

  /// What `IPNetwork(text)` reads: an address with or without a prefix, a netmask or a hostmask.
  /// IPv4 may lack its last octets.
  static Optional<IpNetwork> parse(String text) {
    int slash = text.indexOf('/');
    var address = slash < 0 ? text : text.substring(0, slash);
    for (var family : Family.values()) {
      var value = IpText.read(family, address);
      if (value.isEmpty() && family == Family.IPV4) {
        value = completed(address).flatMap(all -> IpText.read(family, all));
      }
      var prefix =
          slash < 0 ? Optional.of(family.width()) : prefixOf(text.substring(slash + 1), family);
      if (value.isPresent() && prefix.isPresent()) {
        return of(family, value.get(), BigInteger.valueOf(prefix.get()));
      }
    }
    return Optional.empty();
  }

  static Optional<IpNetwork> of(Family family, BigInteger value, BigInteger prefix) {
    boolean fits =
        family.holds(value)
            && prefix.signum() >= 0
            && prefix.compareTo(BigInteger.valueOf(family.width())) <= 0;
    return fits
        ? Optional.of(new IpNetwork(family, value, prefix.intValueExact()))
        : Optional.empty();
  }

  static IpNetwork alone(Family family, BigInteger value) {
    return new IpNetwork(family, value, family.width());
  }

  /// One that is written down in this program.
  static IpNetwork known(String text) {
    return parse(text).orElseThrow();
  }

  private static Optional<String> completed(String address) {
    var octets = new ArrayList<String>();
    for (var part : address.split("\\.", -1)) {
      var octet = PythonNumbers.parseInt(part);
      if (octet.isEmpty()) {
        return Optional.empty();
      }
      octets.add(octet.get().toString());
    }
    while (octets.size() < 4) {
      octets.add("0");
    }
    return Optional.of(String.join(".", octets));
  }

  private static Optional<Integer> prefixOf(String text, Family family) {
    var number = PythonNumbers.parseInt(text);
    if (number.isPresent()) {
      return number
          .filter(each -> each.signum() >= 0 && each.bitLength() < 31)
          .map(BigInteger::intValue)
          .filter(each -> each <= family.width());
    }
    return IpText.read(family, text)
        .map(mask -> new IpAddress(family, mask))
        .filter(mask -> mask.isNetmask() || mask.isHostmask())
        .map(mask ->
            mask.isNetmask() ? mask.value().bitCount() : family.width() - mask.value().bitCount());
  }

  IpAddress ip() {
    return address(value);
  }

  IpAddress network() {
    return address(value.andNot(hostBits()));
  }

  IpAddress last() {
    return address(value.or(hostBits()));
  }

  /// Absent where IPv4 leaves no room for one.
  Optional<IpAddress> broadcast() {
    return family == Family.IPV4 && family.width() - prefix <= 1
        ? Optional.empty()
        : Optional.of(last());
  }

  IpAddress netmask() {
    return address(family.max().xor(hostBits()));
  }

  IpAddress hostmask() {
    return address(hostBits());
  }

  BigInteger size() {
    return BigInteger.ONE.shiftLeft(family.width() - prefix);
  }

  boolean isOne() {
    return prefix == family.width();
  }

  boolean isPair() {
    return prefix == family.width() - 1;
  }

  boolean isAtStart() {
    return ip().equals(network());
  }

  boolean isWithin(IpNetwork other) {
    return family == other.family
        && prefix >= other.prefix
        && value.andNot(other.hostBits()).equals(other.network().value());
  }

  boolean isWithinAny(List<IpNetwork> others) {
    return others.stream().anyMatch(this::isWithin);
  }

  String text() {
    return ip().text() + "/" + prefix;
  }

  private IpAddress address(BigInteger number) {
    return new IpAddress(family, number);
  }

  private BigInteger hostBits() {
    return Family.ones(family.width() - prefix);
  }
}

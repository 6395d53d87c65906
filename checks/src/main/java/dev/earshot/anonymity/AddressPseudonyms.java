package dev.earshot.anonymity;

import dev.earshot.evidence.IpNumber;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Other addresses for those of a fleet, numbered in the order in which they are first asked for.
///
/// Two addresses that share their first bits share as many afterwards, so that networks still hold
/// their hosts and rules match whom they matched. Private ones stay private; public IPv4 addresses
/// become some above 240.0.0.0, which nobody has, and public IPv6 addresses some of 2001:db8::/32,
/// which is for documentation. What says nothing of a fleet stays: loopback, link-local IPv4,
/// multicast, netmasks.
final class AddressPseudonyms {

  private static final Pattern IPV4 =
      Pattern.compile("(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?!\\w|\\.\\d)");

  private static final Pattern IPV6 =
      Pattern.compile("(?<![\\w:.])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,8}(?![\\w:]|\\.\\d)");

  private static final int IPV4_BITS = 32;
  private static final int PUBLIC_IPV4_HEAD = 8;
  private static final int RESERVED = 240;
  private static final int RESERVED_OCTETS = 15;
  private static final int PUBLIC_IPV6_HEAD = 48;
  private static final int LINK_LOCAL_HEAD = 64;
  private static final long DOCUMENTATION = 0x20010db8L << 16;

  /// By the bits before: whether the next one is turned round.
  private final Map<BitPrefix, Boolean> turned = new HashMap<>();

  private final Map<String, Integer> heads = new HashMap<>();

  private record BitPrefix(int length, BitSet bits) {}

  /// The text with other addresses.
  String replace(String text) {
    String withoutIpv6 = text.contains(":") ? IPV6.matcher(text).replaceAll(this::found) : text;
    return IPV4.matcher(withoutIpv6).replaceAll(this::found);
  }

  private String found(MatchResult found) {
    return Matcher.quoteReplacement(
        IpNumber.of(found.group())
            .flatMap(this::pseudonym)
            .map(IpNumber::toString)
            .orElse(found.group()));
  }

  private Optional<IpNumber> pseudonym(IpNumber address) {
    return address.bits() == IPV4_BITS ? ipv4(address) : ipv6(address);
  }

  private Optional<IpNumber> ipv4(IpNumber address) {
    if (isWithin(address, "0.0.0.0", IPV4_BITS)
        || isWithin(address, "127.0.0.0", 8)
        || isWithin(address, "169.254.0.0", 16)
        || isWithin(address, "224.0.0.0", 3)
        || isWithin(address, "128.0.0.0", IPV4_BITS)
        || isWithin(address, "192.0.0.0", IPV4_BITS)) {
      return Optional.empty();
    }
    Map<String, Integer> kept =
        Map.of("10.0.0.0", 8, "172.16.0.0", 12, "192.168.0.0", 16, "100.64.0.0", 10);
    for (Map.Entry<String, Integer> network : kept.entrySet()) {
      if (isWithin(address, network.getKey(), network.getValue())) {
        return Optional.of(after(network.getValue(), bits(address), address));
      }
    }
    int octet = RESERVED + number(address, PUBLIC_IPV4_HEAD) % RESERVED_OCTETS;
    return Optional.of(after(PUBLIC_IPV4_HEAD, bits(octet, PUBLIC_IPV4_HEAD), address));
  }

  private Optional<IpNumber> ipv6(IpNumber address) {
    if (isWithin(address, "::", 128)
        || isWithin(address, "::1", 128)
        || isWithin(address, "ff00::", 8)) {
      return Optional.empty();
    }
    if (isWithin(address, "fe80::", 10)) {
      return Optional.of(after(LINK_LOCAL_HEAD, bits(address), address));
    }
    if (isWithin(address, "fc00::", 7)) {
      return Optional.of(after(8, bits(address), address));
    }
    long head = DOCUMENTATION | number(address, PUBLIC_IPV6_HEAD);
    return Optional.of(after(PUBLIC_IPV6_HEAD, bits(head, PUBLIC_IPV6_HEAD), address));
  }

  /// How many other beginnings were seen before this one.
  private int number(IpNumber address, int length) {
    String head = bits(address).get(0, length) + "/" + length;
    return heads.computeIfAbsent(head, _ -> heads.size());
  }

  /// The first address of a network becomes its number 1; at each bit in which a later one differs,
  /// it differs still.
  private IpNumber after(int head, BitSet begun, IpNumber address) {
    BitSet in = begun.get(0, head);
    BitSet out = begun.get(0, head);
    for (int at = head; at < address.bits(); at++) {
      boolean bit = address.bit(at);
      boolean first = at == address.bits() - 1;
      boolean turn =
          turned.computeIfAbsent(new BitPrefix(at, (BitSet) in.clone()), _ -> bit != first);
      in.set(at, bit);
      out.set(at, bit != turn);
    }
    return IpNumber.of(out, address.bits());
  }

  private static boolean isWithin(IpNumber address, String network, int length) {
    return IpNumber.of(network).filter(one -> address.commonBits(one) >= length).isPresent();
  }

  private static BitSet bits(IpNumber address) {
    BitSet bits = new BitSet();
    for (int at = 0; at < address.bits(); at++) {
      bits.set(at, address.bit(at));
    }
    return bits;
  }

  private static BitSet bits(long value, int length) {
    BitSet bits = new BitSet();
    for (int at = 0; at < length; at++) {
      bits.set(at, (value >> (length - 1 - at) & 1) != 0);
    }
    return bits;
  }
}

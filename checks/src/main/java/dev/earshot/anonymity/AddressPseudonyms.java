package dev.earshot.anonymity;

import dev.earshot.evidence.IpNumber;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Other addresses for those of a fleet, numbered in the order in which they are first asked for.
///
/// Two addresses that share their first bits share as many afterwards, so that networks still hold
/// their hosts and rules match whom they matched. Private ones stay private; public IPv4 addresses
/// become some above 240.0.0.0, which nobody has, and public IPv6 addresses some of 2001:db8::/32,
/// which is for documentation. What says nothing of a fleet stays: loopback, link-local IPv4,
/// multicast, netmasks.
final class AddressPseudonyms {

  private static final Pattern IPV4 =
      Pattern.compile("(?<![\\p{L}\\p{N}.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\p{L}\\p{N}]|\\.\\d)");

  /// As clouds name their hosts: `ip-10-77-0-31`.
  private static final Pattern DASHED =
      Pattern.compile(
          "(?<![\\p{N}.]|(?<![\\p{L}\\p{N}])\\p{N}{1,4}-)\\d{1,3}(?:-\\d{1,3}){3}(?![\\p{L}\\p{N}]|-\\d|\\.\\d)");

  /// What may be an IPv6 address between words and ports.
  private static final Pattern COLONS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_:])[\\p{L}\\p{N}_]*(?::[\\p{L}\\p{N}_]*){2,10}(?![\\p{L}\\p{N}_:]|\\.\\d)");

  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{0,4}");

  private static final int IPV4_BITS = 32;
  private static final int PUBLIC_IPV4_HEAD = 8;
  private static final int RESERVED = 240;
  private static final int RESERVED_OCTETS = 15;
  private static final int PUBLIC_IPV6_HEAD = 48;
  private static final int LINK_LOCAL_HEAD = 64;
  private static final long DOCUMENTATION = 0x20010db8L << 16;

  private static final Map<String, Integer> PRIVATE =
      Map.of("10.0.0.0", 8, "172.16.0.0", 12, "192.168.0.0", 16, "100.64.0.0", 10);

  /// Addresses that were asked for.
  private final Set<String> seen = new HashSet<>();

  /// By the bits before: whether the next one is turned round.
  private final Map<BitPrefix, Boolean> turned = new HashMap<>();

  private final Map<String, Integer> heads = new HashMap<>();

  private record BitPrefix(int length, BitSet bits) {}

  /// The text with other addresses.
  String replace(String text) {
    String withoutIpv6 =
        text.contains(":")
            ? COLONS
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(colons(found.group())))
            : text;
    String withoutIpv4 = IPV4.matcher(withoutIpv6).replaceAll(this::found);
    return DASHED.matcher(withoutIpv4).replaceAll(this::dashed);
  }

  private String found(MatchResult found) {
    return Matcher.quoteReplacement(replaced(found.group()).orElse(found.group()));
  }

  private Optional<String> replaced(String address) {
    return IpNumber.of(address).flatMap(this::pseudonym).map(IpNumber::toString);
  }

  /// Versions and dates look the same: an address is what is private, or was seen with dots.
  private String dashed(MatchResult found) {
    Optional<IpNumber> address = IpNumber.of(found.group().replace('-', '.'));
    return address
        .filter(one -> isPrivate(one) || seen.contains(one.toString()))
        .flatMap(this::pseudonym)
        .map(one -> one.toString().replace('.', '-'))
        .orElse(found.group());
  }

  /// The longest part between colons that is an address: a word may stand before it, and a port
  /// behind it, without brackets.
  private String colons(String text) {
    List<String> groups = List.of(text.split(":", -1));
    for (int length = groups.size(); length > 2; length--) {
      for (int first = 0; first + length <= groups.size(); first++) {
        List<String> some = groups.subList(first, first + length);
        if (some.stream().allMatch(GROUP.asMatchPredicate())) {
          Optional<String> address = replaced(String.join(":", some));
          if (address.isPresent()) {
            return Stream.of(
                    groups.subList(0, first),
                    List.of(address.get()),
                    groups.subList(first + length, groups.size()))
                .flatMap(List::stream)
                .collect(Collectors.joining(":"));
          }
        }
      }
    }
    return text;
  }

  private Optional<IpNumber> pseudonym(IpNumber address) {
    seen.add(address.toString());
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
    for (Map.Entry<String, Integer> network : PRIVATE.entrySet()) {
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

  private static boolean isPrivate(IpNumber address) {
    return PRIVATE.entrySet().stream()
        .anyMatch(network -> isWithin(address, network.getKey(), network.getValue()));
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

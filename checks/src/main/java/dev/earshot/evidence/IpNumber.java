package dev.earshot.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A numeric IP address as its bytes: 4, or 16.
public final class IpNumber {

  private static final int IPV4 = 4;
  private static final int GROUPS = 8;
  private static final int BYTE = 0xff;

  private final byte[] bytes;

  private IpNumber(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Nothing where the text is a name, or no address.
  public static Optional<IpNumber> of(Address address) {
    return of(address.value());
  }

  public static Optional<IpNumber> of(String text) {
    try {
      return Optional.of(new IpNumber(text.contains(":") ? ipv6(text) : ipv4(text)));
    } catch (NumberFormatException notNumeric) {
      return Optional.empty();
    }
  }

  /// One of as many bits as these.
  public static IpNumber of(BitSet bits, int length) {
    byte[] bytes = new byte[length / Byte.SIZE];
    bits.stream().forEach(bit -> bytes[bit / Byte.SIZE] |= (byte) (0x80 >> bit % Byte.SIZE));
    return new IpNumber(bytes);
  }

  public int bits() {
    return bytes.length * Byte.SIZE;
  }

  /// One that another host may have, and it alone: neither unspecified nor loopback, neither valid
  /// on one link only nor of many hosts.
  public boolean isOfOneHost() {
    int first = bytes[0] & BYTE;
    int second = bytes[1] & BYTE;
    if (bytes.length == IPV4) {
      return first != 0 && first != 127 && first < 224 && !(first == 169 && second == 254);
    }
    boolean embedded = Arrays.equals(bytes, 0, 10, new byte[10], 0, 10);
    boolean oneLink = first == 0xfe && (second & 0xc0) == 0x80;
    return !embedded && !oneLink && first != 0xff;
  }

  /// A bit of it, the first of which is the highest.
  public boolean bit(int at) {
    return (bytes[at / Byte.SIZE] & (0x80 >> at % Byte.SIZE)) != 0;
  }

  /// Whether both are in the same network; never where one is IPv4 and the other IPv6.
  public boolean isWithin(IpNumber network, IpNumber mask) {
    if (bytes.length != network.bytes.length || bytes.length != mask.bytes.length) {
      return false;
    }
    for (int at = 0; at < bytes.length; at++) {
      if (((bytes[at] ^ network.bytes[at]) & mask.bytes[at]) != 0) {
        return false;
      }
    }
    return true;
  }

  /// How many leading bits they share: the more, the nearer are their networks.
  public int commonBits(IpNumber other) {
    if (bytes.length != other.bytes.length) {
      return 0;
    }
    int differing = Arrays.mismatch(bytes, other.bytes);
    return differing < 0
        ? bits()
        : differing * Byte.SIZE
            + Integer.numberOfLeadingZeros((bytes[differing] ^ other.bytes[differing]) & BYTE)
            - (Integer.SIZE - Byte.SIZE);
  }

  private static byte[] ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != IPV4) {
      throw new NumberFormatException(text);
    }
    byte[] bytes = new byte[IPV4];
    for (int at = 0; at < IPV4; at++) {
      // to some, 010 is 8
      if (parts[at].length() > 1 && parts[at].startsWith("0")) {
        throw new NumberFormatException(text);
      }
      bytes[at] = (byte) number(parts[at], 10, BYTE);
    }
    return bytes;
  }

  private static byte[] ipv6(String text) {
    int gap = text.indexOf("::");
    List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap));
    List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2));
    int zeros = GROUPS - head.size() - tail.size();
    if (gap < 0 ? zeros != 0 : zeros < 1) {
      throw new NumberFormatException(text);
    }
    List<Integer> all = new ArrayList<>(head);
    for (int at = 0; at < zeros; at++) {
      all.add(0);
    }
    all.addAll(tail);
    byte[] bytes = new byte[2 * GROUPS];
    for (int at = 0; at < GROUPS; at++) {
      bytes[2 * at] = (byte) (all.get(at) >> Byte.SIZE);
      bytes[2 * at + 1] = (byte) (all.get(at) & BYTE);
    }
    return bytes;
  }

  private static List<Integer> groups(String text) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return groups;
    }
    for (String part : text.split(":", -1)) {
      if (part.contains(".")) {
        byte[] last = ipv4(part);
        groups.add((last[0] & BYTE) << Byte.SIZE | (last[1] & BYTE));
        groups.add((last[2] & BYTE) << Byte.SIZE | (last[3] & BYTE));
      } else {
        groups.add(number(part, 16, 0xffff));
      }
    }
    return groups;
  }

  private static int number(String digits, int radix, int most) {
    if (digits.isEmpty()
        || digits.length() > IPV4
        || !Character.isLetterOrDigit(digits.charAt(0))) {
      throw new NumberFormatException(digits);
    }
    int value = Integer.parseInt(digits, radix);
    if (value > most) {
      throw new NumberFormatException(digits);
    }
    return value;
  }

  /// As it is written; the first row of zeros in an IPv6 address as `::`.
  @Override
  public String toString() {
    return bytes.length == IPV4
        ? IntStream.range(0, IPV4)
            .mapToObj(at -> String.valueOf(bytes[at] & BYTE))
            .collect(Collectors.joining("."))
        : IntStream.range(0, GROUPS)
            .mapToObj(at ->
                Integer.toHexString(
                    (bytes[2 * at] & BYTE) << Byte.SIZE | (bytes[2 * at + 1] & BYTE)))
            .collect(Collectors.joining(":"))
            .replaceFirst("(?:^|:)0(?::0)+(?::|$)", "::");
  }
}

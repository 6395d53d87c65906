package dev.earshot.jinja.ip;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Addresses as text, as `inet_pton` and `inet_ntop` of the C library see it.
public final class IpText {

  private static final int GROUPS = 8;

  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

  private IpText() {}

  /// True for an address without a zone.
  public static boolean isIpv6(String text) {
    return read6(text).isPresent();
  }

  static Optional<BigInteger> read(Family family, String text) {
    return switch (family) {
      case IPV4 -> read4(text).map(BigInteger::valueOf);
      case IPV6 -> read6(text);
    };
  }

  private static Optional<Long> read4(String text) {
    if (!IPV4.matcher(text).matches()) {
      return Optional.empty();
    }
    long value = 0;
    for (var octet : text.split("\\.", -1)) {
      value = value << 8 | Integer.parseInt(octet);
    }
    return Optional.of(value);
  }

  private static Optional<BigInteger> read6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true).filter(all -> all.size() == GROUPS).map(IpText::joined);
    }
    var head = groups(text.substring(0, gap), false);
    var tail = groups(text.substring(gap + 2), true);
    if (head.isEmpty() || tail.isEmpty()) {
      return Optional.empty();
    }
    int missing = GROUPS - head.get().size() - tail.get().size();
    if (missing < 1) {
      return Optional.empty();
    }
    var all = new ArrayList<>(head.get());
    for (int i = 0; i < missing; i++) {
      all.add(0);
    }
    all.addAll(tail.get());
    return Optional.of(joined(all));
  }

  /// @param last whether an IPv4 address may stand at the end
  private static Optional<List<Integer>> groups(String text, boolean last) {
    var groups = new ArrayList<Integer>();
    if (text.isEmpty()) {
      return Optional.of(groups);
    }
    var parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      var embedded = last && i == parts.length - 1 ? read4(parts[i]) : Optional.<Long>empty();
      if (embedded.isPresent()) {
        groups.add((int) (embedded.get() >> 16));
        groups.add((int) (embedded.get() & 0xffff));
      } else if (GROUP.matcher(parts[i]).matches()) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(groups);
  }

  private static BigInteger joined(List<Integer> groups) {
    var value = BigInteger.ZERO;
    for (int group : groups) {
      value = value.shiftLeft(16).or(BigInteger.valueOf(group));
    }
    return value;
  }

  static String write4(long value) {
    return "%d.%d.%d.%d"
        .formatted(value >> 24, value >> 16 & 0xff, value >> 8 & 0xff, value & 0xff);
  }

  /// The first of the longest runs of zeros is left out; what was IPv4 is written so.
  static String write6(BigInteger value) {
    var groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = value.shiftRight(16 * (GROUPS - 1 - i)).intValue() & 0xffff;
    }
    int start = 0;
    int length = 0;
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
    if (length < 2) {
      return hex(groups, 0, GROUPS);
    }
    boolean was4 = start == 0 && (length == 6 || (length == 5 && groups[5] == 0xffff));
    if (was4) {
      return (length == 6 ? "::" : "::ffff:") + write4(value.longValue() & 0xffff_ffffL);
    }
    return hex(groups, 0, start) + "::" + hex(groups, start + length, GROUPS);
  }

  private static String hex(int[] groups, int from, int to) {
    var text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}

package dev.earshot.inventory;

import java.util.List;

/// Turns the place where a host is named into names, and says what is wrong with it.
final class HostNames {

  private HostNames() {}

  /// The names that a pattern stands for; none if something is wrong, which is reported.
  static List<String> expand(String pattern, HostRange ranges, Location where, Problems problems) {
    if (pattern.length() > HostAddress.MAX_LENGTH) {
      problems.error(
          where,
          "a host name is longer than %,d characters".formatted(HostAddress.MAX_LENGTH),
          "write a name and put an address, however long, into ansible_host");
      return List.of();
    }
    if (pattern.isEmpty()) {
      problems.error(where, "a host has an empty name", "write a name");
      return List.of();
    }
    if (pattern.indexOf('[') < 0 && pattern.indexOf(':') < 0) {
      return List.of(pattern);
    }
    var address = HostAddress.parse(pattern, true);
    var name = address.map(HostAddress::host).orElse(pattern);
    if (!name.contains("[")) {
      return List.of(name);
    }
    try {
      var names = ranges.expand(name);
      if (names.isEmpty()) {
        problems.warning(
            where, "the range in %s is empty".formatted(pattern), "write the lower bound first");
      }
      return names;
    } catch (HostRange.Malformed e) {
      problems.error(
          where,
          "bad range in host name %s: %s".formatted(pattern, e.getMessage()),
          "write it like web[1:3], web[01:10:2] or web-[a:c]");
      return List.of();
    }
  }
}

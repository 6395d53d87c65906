package dev.earshot.sshconfig;

import java.util.Locale;
import java.util.function.Predicate;

/// Finds a host's final name, as `CanonicalizeHostname` and its relatives want it.
///
/// Aliases in the DNS (`CanonicalizePermittedCNAMEs`) are not followed.
///
/// @param exists whether the DNS knows a whole name
record Canonical(Predicate<String> exists) {

  String nameOf(String host, Values values) throws BadValue {
    var address = Addresses.canonical(host);
    if (address.isPresent() && isWanted(address.get(), values)) {
      return address.get();
    }
    var name = host.toLowerCase(Locale.ROOT);
    return switch (values.value(SshKeys.CANONICALIZE_HOSTNAME).orElse(Canonicalization.NO)) {
      case NO -> name;
      case YES -> values.isDirect() ? found(name, values) : name;
      case ALWAYS -> found(name, values);
    };
  }

  /// An address of the other family is no address, but a name.
  private static boolean isWanted(String address, Values values) {
    return switch (values.value(SshKeys.ADDRESS_FAMILY).orElse(AddressFamily.ANY)) {
      case ANY -> true;
      case INET -> !address.contains(":");
      case INET6 -> address.contains(":");
    };
  }

  private String found(String name, Values values) throws BadValue {
    if (name.endsWith(".")) {
      return exists.test(name) ? name.substring(0, name.length() - 1) : notFound(name, values);
    }
    long dots = name.chars().filter(c -> c == '.').count();
    if (dots > values.value(SshKeys.CANONICALIZE_MAX_DOTS).orElse(1)) {
      return name;
    }
    var domains = values.find(SshKeys.CANONICAL_DOMAINS);
    if (domains.isPresent()) {
      for (var each : domains.get().value()) {
        var whole = name + "." + each.toLowerCase(Locale.ROOT);
        if (!each.equalsIgnoreCase("none") && exists.test(whole + ".")) {
          return whole;
        }
      }
    }
    return notFound(name, values);
  }

  private static String notFound(String name, Values values) throws BadValue {
    if (values.value(SshKeys.CANONICALIZE_FALLBACK_LOCAL).orElse(true)) {
      return name;
    }
    throw new BadValue(
        "'%s' is in none of the CanonicalDomains, and CanonicalizeFallbackLocal is no"
            .formatted(name),
        "write the whole name");
  }
}

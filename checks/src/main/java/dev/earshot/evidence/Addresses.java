package dev.earshot.evidence;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The addresses of a host's interfaces, loopback and link-local ones left out.
public record Addresses(Set<Address> all) {

  public static final Probe<Addresses> PROBE =
      Probe.of(
              "network.addresses",
              "The host's own addresses: ties the two ends of a connection to hosts of the inventory.",
              "ip -o addr show 2>/dev/null || ifconfig -a",
              Addresses::parse)
          .atOnce();

  private static final Pattern ADDRESS =
      Pattern.compile("\\binet6?\\s+(?:addr:\\s?)?([0-9a-fA-F:.]+)");

  public Addresses {
    all = Set.copyOf(all);
  }

  static Addresses parse(String output) {
    Set<String> found = new TreeSet<>();
    var matcher = ADDRESS.matcher(output);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    if (found.isEmpty()) {
      throw new UnreadableOutput("no address in: " + Text.firstLine(output));
    }
    return new Addresses(
        found.stream()
            .map(Address::of)
            .filter(address -> !address.isLoopback() && !address.isLinkLocal())
            .collect(Collectors.toSet()));
  }
}

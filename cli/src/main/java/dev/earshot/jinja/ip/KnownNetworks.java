package dev.earshot.jinja.ip;

import java.util.List;
import java.util.stream.Stream;

/// Networks with a meaning, as `netaddr` 0.8 knows them.
final class KnownNetworks {

  private static final List<IpNetwork> LOOPBACK = all("127.0.0.0/8", "::1");
  private static final List<IpNetwork> MULTICAST = all("224.0.0.0/4", "ff00::/8");
  private static final List<IpNetwork> LINK_LOCAL = all("169.254.0.0/16", "fe80::/10");

  /// RFC 1918, 6598, 5736, 2544, 2365, 4193, 3879.
  private static final List<IpNetwork> PRIVATE =
      all(
          "10.0.0.0/8",
          "100.64.0.0/10",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "239.0.0.0/8",
          "fc00::/7",
          "fec0::/10");

  private KnownNetworks() {}

  private static List<IpNetwork> all(String... networks) {
    return Stream.of(networks).map(IpNetwork::known).toList();
  }

  static boolean isLoopback(IpAddress address) {
    return alone(address).isWithinAny(LOOPBACK);
  }

  static boolean isLinkLocal(IpAddress address) {
    return alone(address).isWithinAny(LINK_LOCAL);
  }

  static boolean isMulticast(IpNetwork network) {
    return network.isWithinAny(MULTICAST);
  }

  /// What is link-local counts as private, too.
  static boolean isPrivate(IpNetwork network) {
    return network.isWithinAny(PRIVATE) || network.isWithinAny(LINK_LOCAL);
  }

  static boolean isPublic(IpAddress address) {
    var network = alone(address);
    return !isMulticast(network)
        && !isPrivate(network)
        && !isLoopback(address)
        && !address.isNetmask()
        && !address.isHostmask();
  }

  private static IpNetwork alone(IpAddress address) {
    return IpNetwork.alone(address.family(), address.value());
  }
}

package dev.earshot.sshconfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Networks in CIDR notation, as `Match localnetwork` lists them between commas.
record Networks(List<Network> all) {

  private static final Pattern ENTRY =
      Pattern.compile("([0-9]+(?:\\.[0-9]+){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*)(?:/([0-9]{1,3}))?");

  /// @param bits of the address that count
  record Network(InetAddress address, int bits) {

    boolean contains(InetAddress other) {
      return address.getAddress().length == other.getAddress().length
          && number(address).xor(number(other)).shiftRight(rest()).signum() == 0;
    }

    private int rest() {
      return width(address) - bits;
    }

    private boolean isWhole() {
      return rest() >= 0
          && (number(address).signum() == 0 || number(address).getLowestSetBit() >= rest());
    }

    private static int width(InetAddress address) {
      return address.getAddress().length * Byte.SIZE;
    }

    private static BigInteger number(InetAddress address) {
      return new BigInteger(1, address.getAddress());
    }
  }

  static Networks parse(String list) throws BadValue {
    var networks = new ArrayList<Network>();
    for (var entry : list.split(",", -1)) {
      networks.add(network(entry));
    }
    return new Networks(List.copyOf(networks));
  }

  private static Network network(String entry) throws BadValue {
    var parts = ENTRY.matcher(entry);
    try {
      if (parts.matches()) {
        var address = InetAddress.ofLiteral(parts.group(1));
        var bits = parts.group(2);
        var network =
            new Network(address, bits == null ? Network.width(address) : Integer.parseInt(bits));
        if (network.isWhole()) {
          return network;
        }
      }
    } catch (IllegalArgumentException _) {
      // told below
    }
    throw new BadValue(
        "has '%s', which is no network".formatted(entry), "write networks as 10.0.0.0/8");
  }

  /// Whether this machine has an address in one of them, on an interface that is up.
  boolean holdThisMachine() throws BadValue {
    try (var interfaces = NetworkInterface.networkInterfaces()) {
      return interfaces
          .filter(Networks::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .anyMatch(address -> all.stream().anyMatch(network -> network.contains(address)));
    } catch (IOException | UncheckedIOException _) {
      throw new BadValue("asks for this machine's addresses, which can't be read", "try again");
    }
  }

  private static boolean isUp(NetworkInterface each) {
    try {
      return each.isUp();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

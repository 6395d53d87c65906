package dev.earshot.evidence;

/// One end of a connection.
public record Endpoint(Address address, int port) {

  private static final int HIGHEST_PORT = 65_535;

  /// Reads `10.0.0.1:80`, `[::1]:80`, `127.0.0.1%lo:80`.
  public static Endpoint of(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new UnreadableOutput("not an address and a port: " + Text.clip(text));
    }
    Address address = Address.of(text.substring(0, colon));
    long port = Text.count(text.substring(colon + 1));
    if (!address.isNumeric() || port > HIGHEST_PORT) {
      throw new UnreadableOutput("not an address and a port: " + Text.clip(text));
    }
    return new Endpoint(address, (int) port);
  }

  @Override
  public String toString() {
    return address + ":" + port;
  }
}

package dev.earshot.evidence;

/// One end of a connection.
public record Endpoint(Address address, int port) {

  /// Reads `10.0.0.1:80`, `[::1]:80`, `127.0.0.1%lo:80`.
  public static Endpoint of(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new UnreadableOutput("not an address and a port: " + Text.clip(text));
    }
    int port =
        (int)
            Text.whole(text.substring(colon + 1))
                .orElseThrow(() -> new UnreadableOutput("not a port: " + Text.clip(text)));
    return new Endpoint(Address.of(text.substring(0, colon)), port);
  }

  @Override
  public String toString() {
    return address + ":" + port;
  }
}

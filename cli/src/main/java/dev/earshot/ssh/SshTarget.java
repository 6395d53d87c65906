package dev.earshot.ssh;

import java.nio.file.Path;

/// How to reach one host.
///
/// @param address name or IP address to connect to, and the name to look up in known_hosts; nothing
///   that a shell would read as more, as it stands in commands to paste
/// @param user whom to log in as
/// @param names what its settings are called where they are written
public record SshTarget(
    String address,
    int port,
    String user,
    Credentials credentials,
    HostKeyPolicy hostKeys,
    AlgorithmWishes algorithms,
    Patience patience,
    Way way,
    SettingNames names) {
  public static final int DEFAULT_PORT = 22;

  public SshTarget {
    if (!address.matches("[\\p{L}\\p{N}_:][\\p{L}\\p{N}._:%-]*")) {
      throw new IllegalArgumentException(
          "an address is a host name or an IP address: '" + Text.oneLine(address) + "'");
    }
    if (port < 1 || port > 0xffff) {
      throw new IllegalArgumentException("a port is between 1 and 65535: " + port);
    }
    if (user.isBlank()) {
      throw new IllegalArgumentException("the user is blank");
    }
  }

  /// A host of the inventory.
  public SshTarget(
      String address,
      int port,
      String user,
      Credentials credentials,
      HostKeyPolicy hostKeys,
      AlgorithmWishes algorithms,
      Patience patience,
      Way way) {
    this(
        address,
        port,
        user,
        credentials,
        hostKeys,
        algorithms,
        patience,
        way,
        SettingNames.INVENTORY);
  }

  /// A host that is reached directly and as OpenSSH does by default.
  public static SshTarget of(String address, int port, String user) {
    return new SshTarget(
        address,
        port,
        user,
        Credentials.DEFAULT,
        HostKeyPolicy.DEFAULT,
        AlgorithmWishes.NONE,
        Patience.DEFAULT,
        Way.DIRECT);
  }

  /// The same host, with one key to show.
  public SshTarget withKey(Path identityFile) {
    return withCredentials(Credentials.ofKey(identityFile));
  }

  /// The same host, with this to show.
  public SshTarget withCredentials(Credentials shown) {
    return new SshTarget(address, port, user, shown, hostKeys, algorithms, patience, way, names);
  }

  /// The same host, trusted by this.
  public SshTarget withHostKeys(HostKeyPolicy policy) {
    return new SshTarget(
        address, port, user, credentials, policy, algorithms, patience, way, names);
  }

  /// The same host, spoken to with these algorithms.
  public SshTarget withAlgorithms(AlgorithmWishes wishes) {
    return new SshTarget(address, port, user, credentials, hostKeys, wishes, patience, way, names);
  }

  /// The same host, waited for and tried again like this.
  public SshTarget withPatience(Patience wanted) {
    return new SshTarget(
        address, port, user, credentials, hostKeys, algorithms, wanted, way, names);
  }

  /// The same host, reached another way.
  public SshTarget by(Way other) {
    return new SshTarget(
        address, port, user, credentials, hostKeys, algorithms, patience, other, names);
  }

  /// The same host, as others are reached through it.
  SshTarget asJumpHost() {
    return new SshTarget(
        address,
        port,
        user,
        credentials,
        hostKeys,
        algorithms,
        patience,
        way,
        SettingNames.SSH_CONFIG);
  }

  /// The address and port as people write them.
  String endpoint() {
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
  }
}

package dev.earshot.postgres;

import dev.earshot.ssh.Secret;

/// A server and as whom it is asked, as the inventory's `earshot_postgres` has it.
///
/// @param host a name or an address; seen from the host that it is reached through, if there is one
/// @param database that is connected to first
/// @param password empty where none is given
/// @param rootCertificate the path of a file, or [#SYSTEM] for the authorities that Java trusts
public record PostgresServer(
    String host,
    int port,
    String database,
    String user,
    Secret password,
    SslMode sslMode,
    String rootCertificate) {

  public static final String SYSTEM = "system";

  /// The host and port as people write them.
  public String endpoint() {
    return bracketed() + ":" + port;
  }

  /// The host as it stands in URLs.
  String bracketed() {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /// Whether what is sent there stays on one machine.
  public static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
  }
}

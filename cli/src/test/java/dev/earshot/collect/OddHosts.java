package dev.earshot.collect;

import dev.earshot.connection.Route;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.ssh.OpenSshServer;
import dev.earshot.ssh.SshTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Hosts that do anything but what one expects of them: a real sshd with a port for each, and a
/// forced command for each port.
final class OddHosts implements AutoCloseable {

  private final OpenSshServer server;
  private final SshTransport transport;
  private final Map<String, Integer> ports;

  private OddHosts(OpenSshServer server, Map<String, Integer> ports) throws IOException {
    this.server = server;
    this.ports = ports;
    this.transport = server.transport(List.copyOf(ports.values()));
  }

  /// Starts them.
  ///
  /// @param commands by the host's name: the forced command, a path or a `sh` program that finds
  ///   what it should have run in `$SSH_ORIGINAL_COMMAND`
  static OddHosts in(Path directory, Map<String, String> commands)
      throws IOException, InterruptedException {
    Map<String, Integer> ports = new LinkedHashMap<>();
    StringBuilder configuration = new StringBuilder();
    StringBuilder matches = new StringBuilder();
    for (Map.Entry<String, String> host : commands.entrySet()) {
      int port = OpenSshServer.freePort();
      ports.put(host.getKey(), port);
      String command = host.getValue();
      if (command.contains("\n")) {
        Path script = Files.writeString(directory.resolve("host" + port), "#!/bin/sh\n" + command);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        command = script.toString();
      }
      configuration.append("Port ").append(port).append('\n');
      matches.append("Match LocalPort %d\n  ForceCommand %s\n".formatted(port, command));
    }
    configuration.append("Subsystem sftp internal-sftp\n").append(matches);
    return new OddHosts(OpenSshServer.in(directory, configuration.toString(), List.of()), ports);
  }

  List<Target> targets() {
    return ports.keySet().stream().map(this::target).toList();
  }

  Target target(String name) {
    return new Target(
        new InventoryHost(
            new HostName(name), "127.0.0.1", List.of("all"), Optional.empty(), "hosts", 1),
        new Route.Ssh(
            server.target(
                System.getProperty("user.name"),
                Optional.ofNullable(ports.get(name)).orElseThrow()),
            Optional.empty()),
        Optional.empty());
  }

  SshTransport transport() {
    return transport;
  }

  @Override
  public void close() {
    transport.close();
    server.close();
  }
}

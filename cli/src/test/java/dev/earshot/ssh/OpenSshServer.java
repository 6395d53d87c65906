package dev.earshot.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// OpenSSH's own server on a port of 127.0.0.1, run by whoever runs the tests.
public final class OpenSshServer implements AutoCloseable {
  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  private final Process process;
  private final int port;
  private final Path directory;

  private OpenSshServer(Process process, int port, Path directory) {
    this.process = process;
    this.port = port;
    this.directory = directory;
  }

  /// Starts one with an Ed25519 and an ECDSA host key, both certified by `authority`, the former
  /// for 127.0.0.1 and the latter for nobody in particular, which lets in `id`; all of them in
  /// `directory`. That is also the home of whoever logs in, so that nobody's own start-up files are
  /// run. Skips the test where OpenSSH's server is not installed.
  static OpenSshServer in(Path directory) throws IOException, InterruptedException {
    return in(directory, "");
  }

  /// The same with more lines of `sshd_config`, which outweigh the others.
  static OpenSshServer in(Path directory, String configured)
      throws IOException, InterruptedException {
    return in(directory, configured, "", List.of());
  }

  /// The same, configured further.
  ///
  /// @param more lines of its configuration, to stand last
  /// @param runner a command that runs the command that follows it
  public static OpenSshServer in(Path directory, String more, List<String> runner)
      throws IOException, InterruptedException {
    return in(directory, "", more, runner);
  }

  private static OpenSshServer in(
      Path directory, String configured, String more, List<String> runner)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(SSHD), "OpenSSH's sshd is not installed");
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    Keys.sshKeygen(directory, "-q", "-t", "ed25519", "-N", "", "-f", "id");
    Keys.sshKeygen(directory, "-q", "-t", "ed25519", "-N", "", "-f", "host_ed25519");
    Keys.sshKeygen(directory, "-q", "-t", "ecdsa", "-N", "", "-f", "host_ecdsa");
    Keys.sshKeygen(directory, "-q", "-t", "ed25519", "-N", "", "-f", "authority");
    Keys.sshKeygen(
        directory,
        "-q",
        "-s",
        "authority",
        "-I",
        "host",
        "-h",
        "-n",
        "127.0.0.1",
        "host_ed25519.pub");
    Keys.sshKeygen(directory, "-q", "-s", "authority", "-I", "any", "-h", "host_ecdsa.pub");
    int port = freePort();
    Path configuration =
        Files.writeString(
            directory.resolve("sshd_config"),
            configured
                + """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %2$s/host_ed25519
                HostKey %2$s/host_ecdsa
                HostCertificate %2$s/host_ed25519-cert.pub
                HostCertificate %2$s/host_ecdsa-cert.pub
                AuthorizedKeysFile %2$s/id.pub
                PidFile none
                StrictModes no
                UsePAM no
                UseDNS no
                PermitRootLogin yes
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                MaxStartups 1000
                LogLevel ERROR
                SetEnv HOME=%2$s
                """
                    .formatted(port, directory)
                + more);
    List<String> sshd = List.of(SSHD.toString(), "-D", "-e", "-f", configuration.toString());
    Process process =
        new ProcessBuilder(Stream.concat(runner.stream(), sshd.stream()).toList())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("sshd.log").toFile())
            .start();
    var server = new OpenSshServer(process, port, directory);
    server.awaitListening();
    return server;
  }

  public int port() {
    return port;
  }

  SshTarget target(String address) {
    return SshTarget.of(address, port, System.getProperty("user.name"))
        .withKey(directory.resolve("id"));
  }

  /// The way to one of its ports, of which sshd allows 16, for one of its users.
  public SshTarget target(String user, int atPort) {
    return SshTarget.of("127.0.0.1", atPort, user)
        .withKey(directory.resolve("id"))
        .withHostKeys(HostKeyPolicy.ofFiles(List.of(knownHosts())));
  }

  /// Shells on it at these ports, by its Ed25519 key.
  public SshTransport transport(List<Integer> ports) throws IOException {
    String key = publicKey("host_ed25519");
    Files.write(
        knownHosts(), ports.stream().map(each -> "[127.0.0.1]:" + each + " " + key).toList());
    return new SshTransport(SecretPrompt.NOBODY, _ -> {});
  }

  private Path knownHosts() {
    return directory.resolve("known_hosts");
  }

  /// A line of known_hosts with one of its host keys.
  String knownHostsLine(String type) throws IOException {
    return "[127.0.0.1]:%d %s".formatted(port, publicKey("host_" + type));
  }

  String publicKey(String name) throws IOException {
    return Files.readString(directory.resolve(name + ".pub")).strip();
  }

  private void awaitListening() throws IOException, InterruptedException {
    for (int i = 0; i < 100; i++) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1000);
        return;
      } catch (IOException e) {
        if (!process.isAlive()) {
          break;
        }
        Thread.sleep(50);
      }
    }
    process.destroyForcibly();
    throw new IOException("sshd did not start: " + Files.readString(directory.resolve("sshd.log")));
  }

  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    process.onExit().orTimeout(5, TimeUnit.SECONDS).join();
  }
}

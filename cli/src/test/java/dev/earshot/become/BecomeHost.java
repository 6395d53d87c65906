package dev.earshot.become;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.ssh.HostShell;
import dev.earshot.ssh.OpenSshServer;
import dev.earshot.ssh.SshTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A host with users, sudoers and doas.conf of its own: a real sshd in a mount namespace with
/// another /etc than this machine's. Needs root.
///
/// Their password is `secret of NAME`.
final class BecomeHost implements AutoCloseable {

  /// Who there is, in passwd's words without the number.
  private static final List<String> USERS =
      List.of(
          "free:/bin/sh", // may do everything without a password
          "asked:/bin/sh", // with one
          "stranger:/bin/sh", // may do nothing
          "limited:/bin/sh", // may run something else
          "tty:/bin/sh", // on a terminal
          "expired:/bin/sh", // is no longer
          "csh:/bin/csh",
          "fish:/usr/bin/fish",
          "service:/usr/sbin/nologin");

  private static final String SUDOERS =
      """
      Defaults !lecture, !fqdn
      Defaults passwd_tries=3
      Defaults:tty requiretty
      root ALL=(ALL:ALL) ALL
      free, csh, fish, tty ALL=(ALL) NOPASSWD: ALL
      asked ALL=(ALL) ALL
      limited ALL=(ALL) NOPASSWD: /bin/true
      """;

  private static final String DOAS =
      """
      permit nopass free as root
      permit asked as root
      """;

  /// Of the folder that it is given; nothing outside of the namespace sees it.
  private static final String MOUNT =
      """
      mount -t tmpfs tmpfs "$0"
      cp -a /etc/. "$0/"
      cp -a "$0/../files/." "$0/"
      mount --bind "$0" /etc
      """;

  private final OpenSshServer server;
  private final SshTransport transport;

  private BecomeHost(OpenSshServer server) throws IOException {
    this.server = server;
    this.transport = server.transport(List.of(server.port()));
  }

  static BecomeHost in(Path directory) throws IOException, InterruptedException {
    assumeTrue(System.getProperty("user.name").equals("root"), "becoming somebody needs root");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/sudo")), "sudo is not installed");
    assumeTrue(
        new ProcessBuilder("unshare", "-m", "true").start().waitFor() == 0,
        "there are no mount namespaces here");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path files = Files.createDirectory(directory.resolve("files"));
    Path etc = Files.createDirectory(directory.resolve("etc"));
    StringBuilder passwd = new StringBuilder(Files.readString(Path.of("/etc/passwd")));
    StringBuilder shadow = new StringBuilder(Files.readString(Path.of("/etc/shadow")));
    int id = 61_000;
    for (String user : USERS) {
      String name = user.substring(0, user.indexOf(':'));
      passwd.append(
          "%s:x:%d:%d::/:%s\n".formatted(name, id, id, user.substring(name.length() + 1)));
      shadow.append(
          "%s:%s:20000:0:99999:7::%s:\n"
              .formatted(name, hashed("secret of " + name), name.equals("expired") ? "1" : ""));
      id++;
    }
    write(files.resolve("passwd"), passwd.toString(), "rw-r--r--");
    write(files.resolve("shadow"), shadow.toString(), "rw-------");
    write(files.resolve("sudoers"), SUDOERS, "r--r-----");
    write(files.resolve("doas.conf"), DOAS, "r--------");
    return new BecomeHost(
        OpenSshServer.in(
            directory,
            "",
            List.of("unshare", "-m", "sh", "-ec", MOUNT + "exec \"$@\"", etc.toString())));
  }

  private static void write(Path file, String content, String mode) throws IOException {
    Files.deleteIfExists(file);
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static String hashed(String password) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("openssl", "passwd", "-6", "-stdin").start();
    try (var in = process.getOutputStream()) {
      in.write(password.getBytes(StandardCharsets.UTF_8));
    }
    String hash = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor(10, TimeUnit.SECONDS);
    return hash.strip();
  }

  HostShell shellOf(String user) {
    return transport.shellOn(server.target(user, server.port()));
  }

  @Override
  public void close() {
    transport.close();
    server.close();
  }
}

package dev.earshot.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/// Keys made for one test.
final class Keys {
  static final KeyPair HOST = generate("ssh-ed25519");
  static final KeyPair OTHER_HOST = generate("ssh-ed25519");
  static final KeyPair ECDSA_HOST = generate("ecdsa-sha2-nistp256");
  static final KeyPair USER = generate("ssh-ed25519");

  private Keys() {}

  static KeyPair generate(String type) {
    try {
      return KeyUtils.generateKeyPair(type, 256);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Writes a private key as OpenSSH does.
  static Path write(KeyPair key, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "", null, out);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  /// A line of known_hosts.
  static String line(String hosts, KeyPair key) {
    HostKey encoded = HostKey.of(key.getPublic());
    return "%s %s %s".formatted(hosts, encoded.type(), encoded.base64());
  }

  /// Runs ssh-keygen, and skips the test where there is none.
  static String sshKeygen(Path directory, String... arguments)
      throws IOException, InterruptedException {
    assumeTrue(Programs.onPath("ssh-keygen"), "ssh-keygen is not installed");
    var command = new ArrayList<>(List.of("ssh-keygen"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return printed;
  }
}

package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.ssh.PrivateKeys.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateKeysTest {
  @TempDir Path directory;

  private static SshTarget with(Path identity) {
    return SshTarget.of("db1", 22, "auditor").withKey(identity);
  }

  private void assertRefused(Path file, String reason) {
    assertThatThrownBy(() -> new PrivateKeys().of(with(file)))
        .isInstanceOf(UnreachableException.class)
        .hasMessageStartingWith("the private key " + file + " of db1:22 ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "''                                            | is not a private key",
        "hello                                         | is not a private key",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me           | is the public half of a key",
        "ecdsa-sha2-nistp256 AAAA me                   | is the public half of a key",
        "-----BEGIN OPENSSH PRIVATE KEY-----           | cannot be used",
        "'-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----' | cannot be used",
        "'-----BEGIN RSA PRIVATE KEY-----\n!!\n-----END RSA PRIVATE KEY-----' | cannot be used",
      })
  void refuses_what_is_not_a_private_key(String content, String reason) throws IOException {
    assertRefused(Files.writeString(directory.resolve("id"), content), reason);
  }

  @Test
  void refuses_a_missing_file_a_directory_and_an_endless_one() {
    assertRefused(directory.resolve("id"), "does not exist");
    assertRefused(directory, "cannot be used");
    assertRefused(Path.of("/dev/zero"), "not a regular file");
  }

  @ParameterizedTest
  @CsvSource({"ed25519, RFC4716", "rsa, PEM", "rsa, PKCS8", "ecdsa, PEM"})
  void refuses_an_encrypted_key_and_never_says_its_passphrase(String type, String format)
      throws Exception {
    Keys.sshKeygen(directory, "-q", "-t", type, "-N", "correct horse", "-m", format, "-f", "id");
    assertRefused(directory.resolve("id"), "is encrypted with a passphrase");
  }

  @Test
  void leaves_out_default_keys_that_do_not_exist() throws Exception {
    Path garbage = Files.writeString(directory.resolve("id_ecdsa"), "garbage");
    Path usable = Keys.write(Keys.USER, directory.resolve("id_rsa"));
    var keys = new PrivateKeys(List.of(directory.resolve("id_ed25519"), garbage, usable));
    assertThat(keys.of(SshTarget.of("db1", 22, "auditor")))
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(Identity.Unusable.class),
            second -> assertThat(second).isInstanceOf(Identity.Usable.class));
  }

  @Test
  void reads_each_file_once() throws Exception {
    Path file = Keys.write(Keys.USER, directory.resolve("id"));
    var keys = new PrivateKeys();
    List<Identity> before = keys.of(with(file));
    Files.delete(file);
    assertThat(keys.of(with(file))).isEqualTo(before);
  }
}

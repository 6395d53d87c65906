package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateKeysTest {
  @TempDir Path directory;

  private static KeyFile only(Path file) {
    return new PrivateKeys().of(Credentials.ofKey(file)).getFirst();
  }

  private static void assertRefused(Path file, String reason) {
    assertThat(only(file))
        .isInstanceOfSatisfying(
            KeyFile.Unusable.class, key -> assertThat(key.reason()).contains(reason));
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
  @CsvSource({"ed25519, RFC4716, true", "rsa, PEM, true", "rsa, PKCS8, false", "ecdsa, PEM, false"})
  void opens_an_encrypted_key_with_its_passphrase_and_no_other(
      String type, String format, boolean publicFileKept) throws Exception {
    Keys.sshKeygen(directory, "-q", "-t", type, "-N", "correct horse", "-m", format, "-f", "id");
    Path file = directory.resolve("id");
    Optional<HostKey> made = KeyText.read(directory.resolve("id.pub")).publicKey();
    if (!publicFileKept) {
      Files.delete(directory.resolve("id.pub"));
    }
    assertThat(only(file))
        .isInstanceOfSatisfying(
            KeyFile.Locked.class,
            locked -> {
              assertThat(locked.half()).isEqualTo(publicFileKept ? made : Optional.empty());
              assertThat(opened(locked, "correct horse", 1)).isEqualTo(made);
              assertThat(opened(locked, "battery staple", 3)).isEmpty();
              assertThat(locked.toString()).doesNotContain("horse").doesNotContain("BEGIN");
            });
  }

  /// The public half of a key that opens, after so many questions.
  private static Optional<HostKey> opened(KeyFile.Locked key, String passphrase, int questions) {
    var asked = new ArrayList<String>();
    var passphrases =
        new Passphrases(question -> {
          asked.add(question);
          return Optional.of(new Secret(passphrase));
        });
    Optional<HostKey> half = Optional.empty();
    for (int host = 0; host < 3; host++) {
      try {
        half =
            Optional.of(
                HostKey.of(passphrases.open(key, Deadline.in(Duration.ofSeconds(10))).getPublic()));
      } catch (KeyException e) {
        assertThat(e).hasMessage("is encrypted, and none of the 3 passphrases given opens it");
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    assertThat(asked).hasSize(questions).allMatch(question -> question.contains("/id: "));
    return half;
  }

  @Test
  void knows_the_public_half_of_an_encrypted_key_of_openssh_without_its_file() throws Exception {
    Keys.sshKeygen(directory, "-q", "-t", "ecdsa", "-N", "secret", "-f", "id");
    Optional<HostKey> made = KeyText.read(directory.resolve("id.pub")).publicKey();
    Files.delete(directory.resolve("id.pub"));
    assertThat(made).isPresent();
    assertThat(only(directory.resolve("id")).half()).isEqualTo(made);
  }

  @Test
  void says_what_to_do_where_nobody_can_be_asked() throws Exception {
    Keys.sshKeygen(directory, "-q", "-t", "ed25519", "-N", "secret", "-f", "id");
    var locked = (KeyFile.Locked) only(directory.resolve("id"));
    assertThatThrownBy(() ->
            new Passphrases(SecretPrompt.NOBODY).open(locked, Deadline.in(Duration.ofSeconds(10))))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("start ssh-agent and add the key with ssh-add " + locked.file());
  }

  @Test
  void leaves_a_key_alone_that_others_can_read() throws Exception {
    Path file = Keys.write(Keys.USER, directory.resolve("id"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(only(file))
        .isInstanceOfSatisfying(
            KeyFile.Exposed.class,
            key -> assertThat(key.half()).contains(HostKey.of(Keys.USER.getPublic())));
    try (var server = SshServerFixture.usual()) {
      Asking asking = Asking.of(server.target(file), directory, List.of(), "exit 0", Asking.LIMITS);
      assertThat(asking.reason())
          .isEqualTo(
              "the key %1$s for 127.0.0.1:%2$d is ignored, as its permissions (rw-r-----) let others at it: protect it with chmod 600 %1$s"
                  .formatted(file, server.port()));
    }
  }

  @Test
  void leaves_out_default_keys_that_do_not_exist() throws Exception {
    Path garbage = Files.writeString(directory.resolve("id_ecdsa"), "garbage");
    Path usable = Keys.write(Keys.USER, directory.resolve("id_rsa"));
    var keys = new PrivateKeys(List.of(directory.resolve("id_ed25519"), garbage, usable));
    assertThat(keys.of(Credentials.DEFAULT))
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(KeyFile.Unusable.class),
            second -> assertThat(second).isInstanceOf(KeyFile.Open.class));
  }

  @Test
  void reads_each_file_once() throws Exception {
    Path file = Keys.write(Keys.USER, directory.resolve("id"));
    var keys = new PrivateKeys();
    List<KeyFile> before = keys.of(Credentials.ofKey(file));
    Files.delete(file);
    assertThat(keys.of(Credentials.ofKey(file))).isEqualTo(before);
  }
}

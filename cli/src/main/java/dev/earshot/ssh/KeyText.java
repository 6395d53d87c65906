package dev.earshot.ssh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/// What a key file holds, in any of the formats that ssh-keygen writes. Its text form shows nothing
/// of it.
final class KeyText {
  private static final int LONGEST_FILE = 1 << 16;
  private static final byte[] OPENSSH_MAGIC =
      "openssh-key-v1\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final Pattern OPENSSH = armoured("OPENSSH PRIVATE KEY");
  private static final Pattern ENCRYPTED_PKCS8 = armoured("ENCRYPTED PRIVATE KEY");

  private final String text;

  private KeyText(String text) {
    this.text = text;
  }

  static KeyText read(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is not a regular file"); // opening a pipe would wait for ever
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(LONGEST_FILE + 1);
      if (content.length > LONGEST_FILE) {
        throw new IOException("it is too long for a key");
      }
      return new KeyText(new String(content, StandardCharsets.ISO_8859_1));
    }
  }

  /// The key, if this is a public one or a certificate.
  Optional<HostKey> publicKey() {
    String[] fields = text.strip().split("\\s+", 3);
    if (fields.length < 2 || !looksPublic()) {
      return Optional.empty();
    }
    try {
      return Optional.of(HostKey.parse(fields[0], fields[1]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean looksPublic() {
    return text.startsWith("ssh-") || text.startsWith("ecdsa-") || text.startsWith("sk-");
  }

  boolean encrypted() {
    return openSsh().map(header -> !header.cipher().equals("none")).orElse(false)
        || text.contains("Proc-Type: 4,ENCRYPTED")
        || ENCRYPTED_PKCS8.matcher(text).find();
  }

  /// The public half that OpenSSH's own format holds in clear.
  Optional<HostKey> publicHalf() {
    return openSsh().flatMap(OpenSshHeader::key);
  }

  /// The first key in it, or nothing if it isn't a private key at all.
  ///
  /// @param passphrase empty for none
  /// @throws IOException if it is damaged, or the passphrase is wrong
  Optional<KeyPair> decode(String passphrase) throws IOException, GeneralSecurityException {
    Matcher pkcs8 = ENCRYPTED_PKCS8.matcher(text);
    String readable = pkcs8.find() ? decryptedPkcs8(bytes(pkcs8), passphrase) : text;
    Iterable<KeyPair> pairs =
        SecurityUtils.loadKeyPairIdentities(
            null,
            NamedResource.ofName("a private key"),
            new ByteArrayInputStream(readable.getBytes(StandardCharsets.ISO_8859_1)),
            FilePasswordProvider.of(passphrase));
    if (pairs == null) {
      return Optional.empty();
    }
    for (KeyPair pair : pairs) {
      return Optional.of(pair);
    }
    return Optional.empty();
  }

  /// SSHD would need one more library for this.
  private static String decryptedPkcs8(byte[] encrypted, String passphrase)
      throws IOException, GeneralSecurityException {
    var info = new EncryptedPrivateKeyInfo(encrypted);
    var words = new PBEKeySpec(passphrase.toCharArray());
    try {
      var key = SecretKeyFactory.getInstance(info.getAlgName()).generateSecret(words);
      Cipher cipher = Cipher.getInstance(info.getAlgName());
      cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
      byte[] plain = info.getKeySpec(cipher).getEncoded();
      return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
          .formatted(Base64.getMimeEncoder().encodeToString(plain));
    } finally {
      words.clearPassword();
    }
  }

  private record OpenSshHeader(String cipher, Optional<HostKey> key) {}

  private Optional<OpenSshHeader> openSsh() {
    Matcher armour = OPENSSH.matcher(text);
    if (!armour.find()) {
      return Optional.empty();
    }
    try {
      ByteBuffer content = ByteBuffer.wrap(bytes(armour));
      byte[] magic = new byte[OPENSSH_MAGIC.length];
      content.get(magic);
      if (!Arrays.equals(magic, OPENSSH_MAGIC)) {
        return Optional.empty();
      }
      String cipher = new String(string(content), StandardCharsets.ISO_8859_1);
      string(content); // the key derivation
      string(content); // and its parameters
      content.getInt(); // the number of keys, always one
      byte[] blob = string(content);
      String type = new String(string(ByteBuffer.wrap(blob)), StandardCharsets.ISO_8859_1);
      return Optional.of(
          new OpenSshHeader(
              cipher, Optional.of(HostKey.parse(type, Base64.getEncoder().encodeToString(blob)))));
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static byte[] string(ByteBuffer from) {
    int length = from.getInt();
    if (length < 0 || length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }

  private static Pattern armoured(String what) {
    return Pattern.compile("-----BEGIN " + what + "-----([^-]*)-----END " + what + "-----");
  }

  private static byte[] bytes(Matcher armour) {
    return Base64.getMimeDecoder().decode(armour.group(1));
  }

  @Override
  public String toString() {
    return "KeyText[]";
  }
}

package dev.earshot.vault;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Ansible Vault's only cipher: AES-256 in counter mode under keys that PBKDF2 derives from the
/// password and the salt, with an HMAC-SHA256 over the ciphertext that is checked before anything
/// is decrypted.
final class Aes256 {

  private static final int HASH_BYTES = 32;
  private static final int ITERATIONS = 10_000;
  private static final int BLOCK_BYTES = 16;

  /// The keys for one password and one salt.
  record Keys(Bytes cipher, Bytes mac, Bytes counter) {}

  private Aes256() {}

  /// PBKDF2-HMAC-SHA256 (RFC 8018, 5.2). The JDK's own takes characters only, and passwords are
  /// bytes.
  static Keys derive(Bytes password, Bytes salt) {
    var hmac = HmacSha256.of(password.array());
    var derived = new byte[3 * HASH_BYTES];
    for (int block = 1; block <= 3; block++) {
      var link = hmac.code(salt.array(), new byte[] {0, 0, 0, (byte) block});
      var sum = link.clone();
      for (int i = 1; i < ITERATIONS; i++) {
        link = hmac.code(link);
        for (int j = 0; j < HASH_BYTES; j++) {
          sum[j] ^= link[j];
        }
      }
      System.arraycopy(sum, 0, derived, (block - 1) * HASH_BYTES, HASH_BYTES);
    }
    var keys =
        new Keys(
            new Bytes(Arrays.copyOfRange(derived, 0, 32)),
            new Bytes(Arrays.copyOfRange(derived, 32, 64)),
            new Bytes(Arrays.copyOfRange(derived, 64, 80)));
    Arrays.fill(derived, (byte) 0);
    return keys;
  }

  /// True if the ciphertext is what somebody with these keys wrote. Takes as long for a wrong
  /// checksum as for a right one.
  static boolean isAuthentic(Armour armour, Keys keys) {
    var mac = HmacSha256.of(keys.mac().array()).code(armour.ciphertext().array());
    return MessageDigest.isEqual(mac, armour.mac().array());
  }

  /// The plain text of what is authentic; absent if its padding is wrong.
  static Optional<Bytes> decrypt(Armour armour, Keys keys) {
    try {
      var cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(keys.cipher().array(), "AES"),
          new IvParameterSpec(keys.counter().array()));
      var padded = cipher.doFinal(armour.ciphertext().array());
      var plain = unpadded(padded);
      Arrays.fill(padded, (byte) 0);
      return plain;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES in counter mode", e);
    }
  }

  /// Without the padding of PKCS #7: as many bytes as each of them says.
  private static Optional<Bytes> unpadded(byte[] padded) {
    if (padded.length == 0 || padded.length % BLOCK_BYTES != 0) {
      return Optional.empty();
    }
    int count = padded[padded.length - 1];
    if (count < 1 || count > BLOCK_BYTES) {
      return Optional.empty();
    }
    int end = padded.length - count;
    for (int i = end; i < padded.length; i++) {
      if (padded[i] != count) {
        return Optional.empty();
      }
    }
    return Optional.of(new Bytes(Arrays.copyOf(padded, end)));
  }
}

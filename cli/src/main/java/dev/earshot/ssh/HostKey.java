package dev.earshot.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/// A public key in SSH's own encoding, in which equal keys are equal text. Keys of known_hosts stay
/// like this: most of them are never needed as more.
///
/// @param type such as `ssh-ed25519`
/// @param base64 the encoded key
record HostKey(String type, String base64) {
  static HostKey of(PublicKey key) {
    var encoded = new ByteArrayBuffer();
    encoded.putRawPublicKey(key);
    return new HostKey(
        KeyUtils.getKeyType(key), Base64.getEncoder().encodeToString(encoded.getCompactData()));
  }

  /// Checks that this is a key of its type.
  ///
  /// @throws IllegalArgumentException if it is not a key of that type; an encoded key begins with
  ///   its type, so that a cut or mistyped one is noticed
  static HostKey parse(String type, String base64) {
    byte[] encoded;
    try {
      encoded = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the key is not Base64", e);
    }
    byte[] name = type.getBytes(StandardCharsets.UTF_8);
    int start = Integer.BYTES;
    boolean typed =
        encoded.length > start + name.length
            && ByteBuffer.wrap(encoded).getInt() == name.length
            && Arrays.equals(encoded, start, start + name.length, name, 0, name.length);
    if (!typed) {
      throw new IllegalArgumentException("the key is not of type " + Text.oneLine(type));
    }
    return new HostKey(type, Base64.getEncoder().encodeToString(encoded));
  }

  byte[] encoded() {
    return Base64.getDecoder().decode(base64);
  }

  /// As `ssh-keygen -l` prints it.
  String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded());
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return type + " " + fingerprint();
  }
}

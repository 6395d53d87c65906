package dev.earshot.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A host as known_hosts names it, while its entries are looked for. Belongs to one thread, since
/// making a [Mac] costs more than using it thousands of times.
final class SoughtHost {
  static final String HMAC = "HmacSHA1";

  private final String name;
  private final byte[] bytes;
  private final Mac mac;

  SoughtHost(String name) {
    this.name = name.toLowerCase(Locale.ROOT);
    this.bytes = this.name.getBytes(StandardCharsets.UTF_8);
    try {
      this.mac = Mac.getInstance(HMAC);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }

  String name() {
    return name;
  }

  /// The name as `HashKnownHosts` writes it: nobody sees whose it is, but it can be looked for.
  String salted() {
    byte[] salt = new byte[mac.getMacLength()];
    new SecureRandom().nextBytes(salt);
    Base64.Encoder encoder = Base64.getEncoder();
    return "|1|%s|%s"
        .formatted(
            encoder.encodeToString(salt),
            encoder.encodeToString(hashed(new SecretKeySpec(salt, HMAC))));
  }

  byte[] hashed(SecretKeySpec salt) {
    try {
      mac.init(salt);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a salt of any length is a key for " + HMAC, e);
    }
    return mac.doFinal(bytes);
  }
}

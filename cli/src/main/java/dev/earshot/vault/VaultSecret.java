package dev.earshot.vault;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A password with the label under which it is known. Nothing prints the password.
final class VaultSecret {

  private final String label;
  private final Bytes password;

  VaultSecret(String label, Bytes password) {
    this.label = label;
    this.password = password;
  }

  /// Takes the password in UTF-8 and overwrites the characters.
  static Bytes bytes(char[] characters) {
    var encoded = ByteBuffer.allocate(3 * characters.length);
    var _ =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .encode(CharBuffer.wrap(characters), encoded, true);
    var bytes = Arrays.copyOf(encoded.array(), encoded.position());
    Arrays.fill(encoded.array(), (byte) 0);
    Arrays.fill(characters, '\0');
    return new Bytes(bytes);
  }

  String label() {
    return label;
  }

  Aes256.Keys keys(Bytes salt) {
    return Aes256.derive(password, salt);
  }

  @Override
  public String toString() {
    return "VaultSecret[" + label + "]";
  }
}

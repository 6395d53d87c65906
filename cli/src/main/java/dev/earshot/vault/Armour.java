package dev.earshot.vault;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A text in Ansible Vault's armour, taken apart. The version that its header names means nothing,
/// as for Ansible: what tells 1.2 from 1.1 is that a label follows the cipher.
///
/// @param label the vault id that it was locked with; only a hint, as nothing protects it; absent
///   in version 1.1
/// @param mac of the ciphertext
record Armour(Optional<String> label, Bytes salt, Bytes mac, Bytes ciphertext) {

  /// What can be made of a text.
  sealed interface Reading {}

  record Sound(Armour armour) implements Reading {}

  /// @param reason for people
  record Damaged(String reason) implements Reading {}

  /// Larger ones are not opened. Plain text takes four characters a byte.
  static final int MAX_LENGTH = 64 * 1024 * 1024;

  private static final String CIPHER = "AES256";

  static Reading read(String text) {
    if (text.length() > MAX_LENGTH) {
      return new Damaged("it is larger than %d MiB".formatted(MAX_LENGTH >> 20));
    }
    if (!Vault.isArmoured(text)) {
      return new Damaged("it does not begin with $ANSIBLE_VAULT");
    }
    var lines = List.of(text.split("\r\n|[\r\n]", -1));
    var header = lines.getFirst().strip().split(";", -1);
    if (header.length < 3) {
      return new Damaged(
          "its first line must be $ANSIBLE_VAULT;1.1;AES256 or $ANSIBLE_VAULT;1.2;AES256;LABEL");
    }
    if (!header[2].strip().equals(CIPHER)) {
      return new Damaged("its first line names a cipher other than " + CIPHER);
    }
    for (int i = 1; i < lines.size(); i++) {
      if (!isHex(lines.get(i))) {
        return new Damaged(
            "its line %d holds something else than hexadecimal digits".formatted(i + 1));
      }
    }
    var label = header.length > 3 ? Optional.of(header[3].strip()) : Optional.<String>empty();
    return body(label, String.join("", lines.subList(1, lines.size())));
  }

  private static Reading body(Optional<String> label, String digits) {
    if (digits.length() % 2 != 0) {
      return new Damaged("a hexadecimal digit is missing; perhaps it was cut off");
    }
    var bytes = HexFormat.of().parseHex(digits);
    int first = indexOfNewline(bytes, 0);
    int second = first < 0 ? -1 : indexOfNewline(bytes, first + 1);
    if (second < 0) {
      return new Damaged("salt, checksum and ciphertext are not all there; perhaps it was cut off");
    }
    var salt = hex(bytes, 0, first);
    var mac = hex(bytes, first + 1, second);
    var ciphertext = hex(bytes, second + 1, bytes.length);
    if (salt.isEmpty() || mac.isEmpty() || ciphertext.isEmpty()) {
      return new Damaged("salt, checksum or ciphertext is no hexadecimal number");
    }
    return new Sound(new Armour(label, salt.get(), mac.get(), ciphertext.get()));
  }

  private static int indexOfNewline(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static Optional<Bytes> hex(byte[] ascii, int from, int to) {
    var bytes = new byte[(to - from) / 2];
    for (int i = from; i < to; i++) {
      if (!HexFormat.isHexDigit(ascii[i]) || (to - from) % 2 != 0) {
        return Optional.empty();
      }
      int at = (i - from) / 2;
      bytes[at] = (byte) ((bytes[at] << 4) | HexFormat.fromHexDigit(ascii[i]));
    }
    return Optional.of(new Bytes(bytes));
  }

  private static boolean isHex(String line) {
    return line.chars().allMatch(HexFormat::isHexDigit);
  }
}

package dev.earshot.vault;

import java.util.Arrays;

/// Bytes that nothing prints and that can be overwritten. Equal if their contents are.
final class Bytes {

  private final byte[] bytes;

  /// @param bytes are owned by this object from here on
  Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The bytes themselves, not a copy.
  byte[] array() {
    return bytes;
  }

  boolean isEmpty() {
    return bytes.length == 0;
  }

  /// Without what Python's `bytes.strip()` takes off both ends; overwrites the original.
  Bytes stripped() {
    return without(" \t\n\r\u000b\f");
  }

  /// Without line ends at both ends; overwrites the original.
  Bytes withoutLineEnds() {
    return without("\r\n");
  }

  private Bytes without(String characters) {
    int start = 0;
    int end = bytes.length;
    while (start < end && characters.indexOf(bytes[start]) >= 0) {
      start++;
    }
    while (end > start && characters.indexOf(bytes[end - 1]) >= 0) {
      end--;
    }
    var kept = new Bytes(Arrays.copyOfRange(bytes, start, end));
    forget();
    return kept;
  }

  void forget() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Bytes[]";
  }
}

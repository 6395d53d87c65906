package dev.earshot.recording;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `SHA256SUMS`: what each entry of a packed recording was when it was saved, in the form that
/// `sha256sum --check` reads. It finds damage and changes made by hand; it is no signature, as
/// whoever changes an entry can change its sum.
final class Checksums {

  static final String NAME = "SHA256SUMS";

  /// Hexadecimal digits of a sum.
  private static final int DIGITS = 64;

  private static final String ADVICE =
      "the file was damaged or changed after it was saved; get another copy, or audit again";

  private final NavigableMap<String, String> sums = new TreeMap<>();

  /// Reads what [#text] wrote.
  static Checksums of(String text) {
    Checksums checksums = new Checksums();
    for (String line : text.lines().toList()) {
      if (!isSum(line)) {
        throw new RecordingException(
            "%s has a line that is no checksum: %s".formatted(NAME, ADVICE));
      }
      checksums.sums.put(line.substring(DIGITS + 2), line.substring(0, DIGITS));
    }
    return checksums;
  }

  /// Whether digits are followed by a blank, a mode and a name; what they are shows when they are
  /// compared.
  private static boolean isSum(String line) {
    return line.startsWith("  ", DIGITS) || line.startsWith(" *", DIGITS);
  }

  void add(String entry, byte[] content) {
    sums.put(entry, sha256(content));
  }

  void verify(String entry, byte[] content) {
    String expected = sums.get(entry);
    if (expected == null) {
      throw new RecordingException("%s is not among its checksums: %s".formatted(entry, ADVICE));
    }
    if (!expected.equals(sha256(content))) {
      throw new RecordingException(
          "%s is not what was saved, its SHA-256 is another: %s".formatted(entry, ADVICE));
    }
  }

  /// Names of the entries in a folder.
  List<String> within(String folder) {
    String prefix = folder + "/";
    return sums.tailMap(prefix).keySet().stream()
        .takeWhile(entry -> entry.startsWith(prefix))
        .map(entry -> entry.substring(prefix.length()))
        .toList();
  }

  String text() {
    return sums.entrySet().stream()
        .map(sum -> sum.getValue() + "  " + sum.getKey() + "\n")
        .collect(Collectors.joining());
  }

  static RecordingException missing(String entry) {
    return new RecordingException("%s is missing from it: %s".formatted(entry, ADVICE));
  }

  static RecordingException damaged(String entry, Exception because) {
    return new RecordingException(
        "%s can't be unpacked (%s): %s".formatted(entry, because.getMessage(), ADVICE), because);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}

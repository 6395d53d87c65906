package dev.earshot.check.postgres;

import dev.earshot.evidence.Bytes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes of memory as PostgreSQL takes them.
final class MemorySize {

  private static final Pattern SIZE =
      Pattern.compile("\\s*(\\d{1,12})(?:\\.(\\d{1,6}))?\\s*(B|kB|MB|GB|TB)?\\s*");
  private static final int KIB = 1024;

  private MemorySize() {}

  /// `65536` (in kB), `64MB`, `1.5GB`: as `pg_settings` shows it, and as `ALTER ROLE` keeps it.
  static Optional<Bytes> ofKiB(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return Optional.empty();
    }
    double unit =
        switch (Optional.ofNullable(size.group(3)).orElse("kB")) {
          case "B" -> 1;
          case "MB" -> (double) KIB * KIB;
          case "GB" -> (double) KIB * KIB * KIB;
          case "TB" -> (double) KIB * KIB * KIB * KIB;
          default -> KIB;
        };
    double number =
        Double.parseDouble(size.group(1) + "." + Optional.ofNullable(size.group(2)).orElse("0"));
    return Optional.of(new Bytes((long) (number * unit)));
  }
}
